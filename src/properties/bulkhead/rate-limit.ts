import { isTargeted } from '../../contract/call-target.ts'
import type { RateLimitProfile } from '../../contract/bulkhead-profile.ts'
import { defineProperty } from '../define-property.ts'
import { getOrCreate } from '../get-or-create.ts'
import { quote } from '../quote.ts'
import { inSeconds } from '../virtual-time.ts'

interface Start {
  readonly at: number
  readonly call: number
}

/** The last calls under one rule, as many as one window may have: a ring, so that each call costs the same. */
interface Recent {
  readonly starts: Start[]
  count: number
}

interface State {
  readonly limits: readonly RateLimitProfile[]
  readonly recent: Map<string, Recent>
}

/** K7: no more calls start in any window than declared. */
export const rateLimit = defineProperty<State>({
  id: 'K7',
  name: 'bulkhead.rate-limit',
  kind: 'safety',
  statement:
    'In no window of the declared `windowMs`, wherever it begins, are more calls sent to an upstream than declared: between a call and the one so many before it the whole window passes. Every attempt counts.',
  applies: 'where the profile declares `rateLimits`; exercised where a window has as many calls as permitted.',
  start: ({ profile: { rateLimits } }) => (rateLimits ? { limits: rateLimits, recent: new Map() } : null),
  on: {
    'request.sent': ({ limits, recent }, { kind, upstream, at, call }, judge) => {
      for (const [index, { guards, calls, windowMs }] of limits.entries()) {
        if (!isTargeted(guards, { kind, upstream })) continue
        const last = getOrCreate(recent, `${index} ${kind} ${upstream}`, () => ({ starts: [], count: 0 }))
        const [oldest, next] = [last.starts[last.count % calls], last.starts[(last.count + 1) % calls]]
        last.starts[last.count % calls] = { at, call }
        last.count += 1
        if (last.count >= calls && at - (calls === 1 ? at : (next?.at ?? at)) < windowMs) judge.trigger()
        if (!oldest || at - oldest.at >= windowMs) continue
        judge.violate({
          sentence: `${calls + 1} calls to ${quote(upstream)} were sent from ${inSeconds(oldest.at)} (call ${oldest.call}) to ${inSeconds(at)} (call ${call}), but the agent declares at most ${calls} in any ${inSeconds(windowMs)}`,
          at,
          calls: [oldest.call, call],
        })
      }
    },
  },
})
