import { describe, expect, it } from 'vitest'
import { missingEnd } from '../../../src/properties/stream/missing-end.ts'
import { TraceBuilder, sentenceOf, verdictOf } from '../_trace.ts'

/** A stream that merely stopped after "Your order". */
function stopped(): TraceBuilder {
  const trace = new TraceBuilder().begun(0)
  return trace.after(400).stopsShort(trace.model({ stream: true }), { content: 'Your order' })
}
const judge = (trace: TraceBuilder) => sentenceOf(verdictOf(missingEnd, trace))

describe('Z11 streams without an end', () => {
  it('holds where the answer is another, or whole elsewhere, or no success', () => {
    const again = stopped()
    again.says(again.model(), 'Your order is on its way.').concluded({ answer: 'Your order is on its way.' })
    const same = stopped()
    same.says(same.model(), 'Your order').concluded({ answer: 'Your order' })
    const failed = stopped().concluded({ answer: 'Your order', stop: 'llm_api_error' })
    for (const fair of [again, same, failed]) expect(judge(fair)).toBe('holds')
  })

  it('is violated where what had come is the answer, after a proper end or a broken connection', () => {
    expect(judge(stopped().concluded({ answer: ' Your order' }))).toBe(
      'task "refund-0" ended at 0.400 s with the answer " Your order", but that is what had come of call 0, whose stream ended at 0.400 s without ever becoming whole',
    )
    const broken = new TraceBuilder().begun(0)
    broken.brokeOff(broken.model({ stream: true }), 'Your order').concluded({ answer: 'Your order' })
    expect(judge(broken)).toContain('without ever becoming whole')
  })

  it('is vacuous where nothing had come', () => {
    const trace = new TraceBuilder().begun(0)
    trace.failed(trace.model({ stream: true }))
    expect(judge(trace.concluded({ answer: '' }))).toBe('vacuous')
  })
})
