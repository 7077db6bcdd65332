import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Stage, openStage } from './_commands-stage.ts'
import { shownCommands } from './_shown-commands.ts'

/** A verdict is an answer; a refusal of what was typed, or a failure of the tool, is not. */
const refused = new Set<number | null>([2, 4, 70])

const commands = shownCommands()
let stage: Stage

beforeAll(async () => {
  stage = await openStage()
}, 180_000)
afterAll(() => stage[Symbol.asyncDispose]())

describe('the commands that the documentation shows', () => {
  it('are more than a few', () => expect(commands.length).toBeGreaterThan(15))

  it.each(commands)('$page: $command', { timeout: 180_000 }, async ({ command }) => {
    const { exitCode, printed } = await stage.type(command)
    expect(printed).not.toBe('')
    expect(refused, `exit code ${exitCode}: ${printed}`).not.toContain(exitCode)
  })
})
