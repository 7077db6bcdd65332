import { describe, expect, it } from 'vitest'
import { defineProperty } from '../../src/properties/define-property.ts'
import { judgeFor, recordTrial } from '../../src/scenario/finding.ts'
import { orderScenario } from './_scenario.ts'

/** A property that is violated as a call of a tool is sent, by a witness of that moment or of an earlier one. */
function noTools(earlierMs: number) {
  return defineProperty<true>({
    id: 'NO_TOOLS',
    name: 'test.no-tools',
    kind: 'safety',
    statement: 'No tool is called.',
    applies: 'always.',
    start: () => true,
    on: {
      'request.sent': (_state, { kind, call, at }, judge) => {
        if (kind !== 'tool') return
        const spans = [{ from: 0.5, to: null, words: 'no tools' }]
        judge.violate({ sentence: `call ${call} is one of a tool`, at: at - earlierMs, calls: [call], spans })
      },
    },
  })
}

async function recorded(earlierMs: number) {
  const scenario = orderScenario({ properties: [noTools(earlierMs)] })
  const spec = { scenario, judge: judgeFor(scenario), seed: 1, trial: 0, property: 'NO_TOOLS', onTurn: () => {} }
  return recordTrial(spec, { faults: [] })
}

describe('the witness of a finding', () => {
  it('names the entry that proves it, among others of the same moment', async () => {
    const { witness, timeline } = await recorded(0)
    const entry = witness?.entry ?? -1
    expect(timeline[entry]).toMatchObject({ kind: 'tool', call: 1, at: witness?.at })
    expect(timeline[entry]?.text).toMatch(/^calls look_up_order/)
    expect(timeline[entry - 1]?.at).toBe(witness?.at)
  })

  it('names none where the violation became certain before the event that shows it', async () => {
    expect((await recorded(100)).witness?.entry).toBe(null)
  })

  it('keeps the spans in whole milliseconds', async () => {
    expect((await recorded(0)).witness?.spans).toEqual([{ from: 0, to: null, words: 'no tools' }])
  })
})
