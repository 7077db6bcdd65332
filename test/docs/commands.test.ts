import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { commandsOf } from './_block-commands.ts'
import { type Stage, openStage } from './_commands-stage.ts'
import { fencedBlocks } from './_fenced-blocks.ts'
import { shakedownOf, shownCommands } from './_shown-commands.ts'
import { runByNone, runElsewhere, typedByTheirTest, wayOf } from './_ways-to-run.ts'

const root = join(import.meta.dirname, '../..')
const read = (path: string): string => readFileSync(join(root, path), 'utf8')

/** A verdict is an answer; a refusal of what was typed, or a failure of the tool, is not. */
const refused = new Set<number | null>([2, 4, 70])

const onStage = shownCommands
  .filter((shown) => wayOf(shown) === 'stage')
  .map((shown) => ({ page: shown.page, command: shakedownOf(shown) ?? '' }))
const once = [...new Map(onStage.toReversed().map((each) => [each.command, each])).values()].toReversed()
let stage: Stage

beforeAll(async () => {
  stage = await openStage()
}, 180_000)
afterAll(() => stage[Symbol.asyncDispose]())

describe('the commands that the documentation shows', () => {
  it('are all run, or nothing runs them for a reason', () => {
    const unknown = shownCommands.filter((shown) => wayOf(shown) === null)
    expect(unknown.map(({ page, command }) => `${page}: ${command}`)).toEqual([])
    expect(once.length).toBeGreaterThan(25)
  })

  it('are run by the files that are named for them, and no exception is left over', () => {
    for (const [page, file] of typedByTheirTest) {
      expect(read(file)).toContain(`'${page}'`)
      expect(read(file)).toContain('of commands) {\n')
    }
    for (const { command, by, sign } of runElsewhere) {
      expect(read(by)).toContain(sign)
      expect(shownCommands.map((shown) => shown.command)).toContainEqual(expect.stringMatching(command))
    }
    const { scripts } = JSON.parse(read('package.json')) as { scripts: Readonly<Record<string, string>> }
    for (const command of runByNone.keys()) {
      expect(shownCommands.map((shown) => shown.command)).toContain(command)
      const [, script] = /^npm run (?!deploy)(.*)$/.exec(command) ?? []
      if (script !== undefined) expect(scripts).toHaveProperty([script])
    }
    expect(existsSync(join(root, 'templates/gitlab-ci.yml'))).toBe(true)
  })

  it.each(once)('$page: $command', { timeout: 180_000 }, async ({ command }) => {
    const { exitCode, printed } = await stage.type(command)
    expect(printed).not.toBe('')
    expect(refused, `exit code ${exitCode}: ${printed}`).not.toContain(exitCode)
  })
})

describe('a command is found', () => {
  const found = (page: string): string[] => fencedBlocks('a.md', page).flatMap((block) => commandsOf(block))

  it.each([
    ['in a block of a shell', '```sh\nnpx shakedown run # all\n```', ['npx shakedown run']],
    ['behind a block of a console', '```console\n$ a\nb\n```\n```sh\nc\n```', ['a', 'c']],
    ['in a block without a language', '```\nshakedown run\n```', ['shakedown run']],
    ['in an item of a list', '- so:\n\n  ```sh\n  shakedown run\n  ```', ['shakedown run']],
    ['beside another', '```sh\nnpm ci && npm start > log\n```', ['npm ci', 'npm start']],
    ['over two lines', '```sh\nnpx shakedown \\\n  run\n```', ['npx shakedown   run']],
    ['in a step of a job', '```yaml\n- if: always()\n  run: |\n    a\n    b\n```', ['a', 'b']],
    ['in the script of a job', '```yaml\njob:\n  before_script: [a]\n  script: b\n```', ['a', 'b']],
    [
      'for each value of a matrix',
      '```yaml\njob:\n  strategy: { matrix: { n: [1, 2] } }\n  steps: [{ run: "a ${{ matrix.n }}" }]\n```',
      ['a 1', 'a 2'],
    ],
  ])('%s', (_where, page, commands) => expect(found(page)).toEqual(commands))

  it.each([
    ['a block in a language that nothing is known of', '```fish\nshakedown run\n```'],
    ['a block of text that holds one', '```text\nnpx shakedown run\n```'],
    ['a block without an end', '```sh\nshakedown run\n'],
    ['a step that reads a matrix which is not there', '```yaml\n- run: a ${{ matrix.n }}\n```'],
  ])('or refused: %s', (_what, page) => expect(() => found(page)).toThrow())
})
