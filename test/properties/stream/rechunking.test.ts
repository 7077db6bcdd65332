import { describe, expect, it } from 'vitest'
import { faultPlanSchema } from '../../../src/contract/fault.ts'
import { judgeRelation } from '../../../src/properties/judge-relation.ts'
import { rechunking } from '../../../src/properties/stream/rechunking.ts'
import { TraceBuilder, factsOf, sentenceOf } from '../_trace.ts'

interface Deeds {
  readonly answer?: string
  readonly effects?: readonly string[]
  readonly asOfMs?: number
  readonly how?: 'finished' | 'expired'
}

function run(isSplit: boolean, { answer = 'Done', effects = ['refund:1'], asOfMs = 1, how = 'finished' }: Deeds = {}) {
  const trace = new TraceBuilder().begun(0)
  const call = trace.model({ stream: true })
  if (isSplit) trace.struck(call, 'sse.frames.split')
  trace.says(call, answer)
  for (const effect of effects) trace.effect(trace.tool('refund'), 'refund', effect)
  if (how === 'finished') trace.concluded({ answer, claims: { source: 'primary', asOfMs } })
  return { plan: { faults: [] }, events: trace.finished(how).events }
}
const { relation } = rechunking
function compare(varied: Deeds, isSplit = true): string {
  if (!relation) return 'no relation'
  const runs = { original: run(false), varied: run(isSplit, varied) }
  return sentenceOf(judgeRelation(rechunking, relation, runs, factsOf()))
}

describe('Z2 streams in other pieces', () => {
  it('adds one fault, once', () => {
    const varied = relation?.vary({ faults: [] })
    expect(varied && faultPlanSchema.parse(varied).faults.map(({ id }) => id)).toEqual(['sse.frames.split'])
    expect(varied && relation?.vary(varied)).toBeNull()
    const abort = {
      id: 'task.abort',
      target: { kind: 'model', name: '*' },
      trigger: { on: 'nth', n: 1 },
      parameters: {},
    }
    expect(relation?.vary(faultPlanSchema.parse({ faults: [abort] }))).toBeNull()
  })

  it('holds for the same outcomes and effects; times of day may differ', () => {
    expect(compare({ asOfMs: 2 })).toBe('holds')
  })

  it('is violated by another answer, another effect and a missing end', () => {
    expect(compare({ answer: 'D\uFFFDne' })).toMatch(
      /^task "refund-0" ended at 0.000 s with "end_turn", "Done" .*, but with the same streams in other pieces with/,
    )
    expect(compare({ effects: [] })).toBe(
      'effect number 1 was ["refund","refund:1"], but with the same streams in other pieces none',
    )
    expect(compare({ effects: ['refund:1', 'refund:2'] })).toContain('effect number 2 was none')
  })

  it('says nothing where no stream was there to be split, or only then a limit was met', () => {
    expect(compare({ answer: 'Other' }, false)).toBe('vacuous')
    expect(compare({ how: 'expired' })).toBe('vacuous')
  })
})
