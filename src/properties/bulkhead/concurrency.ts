import { quote } from '../quote.ts'
import { inSeconds } from '../virtual-time.ts'
import { defineBulkheadProperty } from './define-bulkhead-property.ts'

/** K1: an upstream sees no more at once than declared. */
export const concurrency = defineBulkheadProperty<true>({
  id: 'K1',
  name: 'bulkhead.concurrency',
  statement:
    'At no time are more calls under way to an upstream with a declared bulkhead than `maxConcurrent`, counted at the upstream: from the request to the end of the answer, its body included, over all tasks.',
  applies: 'where the profile declares `bulkheads`; exercised where as many calls as permitted are under way.',
  begin: () => true,
  sent: (_pooling, { pool }, { at }, judge) => {
    const { maxConcurrent, upstream } = pool?.rule ?? { maxConcurrent: Infinity, upstream: '' }
    const open = pool?.open.size ?? 0
    if (open < maxConcurrent) return
    judge.trigger()
    if (!pool || open === maxConcurrent) return
    const calls = [...pool.open]
    judge.violate({
      sentence: `${open} calls to ${quote(upstream)} were under way at ${inSeconds(at)} (calls ${calls.join(', ')}), but the agent declares at most ${maxConcurrent} at once`,
      at,
      calls,
    })
  },
})
