import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, it } from 'vitest'
import { judgeFor, recordTrial } from '../../src/scenario/finding.ts'
import type { Scenario } from '../../src/scenario/scenario.ts'
import { atMost, orderScenario } from './_scenario.ts'

const root = fileURLToPath(new URL('../../', import.meta.url))

/** Records a trial in which the call of the tool is the violation. */
function recorded(scenario: Scenario, from?: string) {
  const spec = { scenario, judge: judgeFor(scenario), seed: 1, trial: 0, property: 'calls', onTurn: () => {} }
  return recordTrial(from === undefined ? spec : { ...spec, root: from }, { faults: [] })
}

const noTool = atMost('calls', 0, (event) => event.type === 'request.sent' && event.tool !== null)
const scenario = orderScenario({ properties: [noTool] })

it('names the line of the agent that made the call which proves a violation, relative to the configuration', async () => {
  const { witness, code } = await recorded(scenario, root)
  expect(code?.call).toBe(witness?.calls.at(-1))
  expect(code?.file).toBe('test/scenario/_scenario.ts')
  const line = readFileSync(join(root, 'test/scenario/_scenario.ts'), 'utf8').split('\n')[(code?.line ?? 0) - 1]
  expect(line).toContain('fetch(')
  expect((await recorded(scenario, join(root, 'test/cli'))).code?.file).toBe('../scenario/_scenario.ts')
})

it('says nothing where nobody asks, and changes nothing of the trial', async () => {
  const { code, traceHash } = await recorded(scenario)
  expect(code).toBeUndefined()
  expect((await recorded(scenario, root)).traceHash).toBe(traceHash)
})

it('says nothing where the stack does not lead to the agent', async () => {
  const usual = Error.prepareStackTrace
  const hostile = [
    () => ({ hostile: true }),
    () => {
      throw new Error('no stack for you')
    },
  ]
  try {
    for (const prepare of hostile) {
      Error.prepareStackTrace = prepare
      expect((await recorded(scenario, root)).code).toBeUndefined()
    }
  } finally {
    Error.prepareStackTrace = usual
  }
})
