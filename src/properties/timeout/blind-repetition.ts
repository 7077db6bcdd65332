import { quote } from '../quote.ts'
import type { Attempt } from '../retry/attempt-ledger.ts'
import { defineRetryProperty } from '../retry/define-retry-property.ts'
import { inSeconds } from '../virtual-time.ts'

interface Rules {
  readonly effectful: ReadonlySet<string>
}

/** T7: a timeout says that nobody knows, not that nothing was done. */
export const blindRepetition = defineRetryProperty<Rules>({
  id: 'T7',
  name: 'timeout.blind-repetition',
  statement:
    'A call of an effectful tool that the agent gave up, at its timeout or before, is not attempted again without the one idempotency key that both attempts carry: its effect may have happened. A call of any other tool may be attempted again. How the agent counts a timeout inside itself is not seen.',
  applies: 'where the profile declares `timeouts.toolMs` and effectful tools (`tools.effectful`).',
  begin: ({ profile: { timeouts, tools } }) =>
    timeouts?.toolMs !== undefined && tools && tools.effectful.length > 0
      ? { effectful: new Set(tools.effectful) }
      : null,
  ended: ({ effectful }, attempt, judge) => {
    if (isGivenUp(attempt, effectful)) judge.trigger()
  },
  sent: ({ effectful }, attempt, judge) => {
    const { previous, tool, idempotencyKey, sentAt } = attempt
    if (!tool || !previous || !isGivenUp(previous, effectful)) return
    if (idempotencyKey !== null && idempotencyKey === previous.idempotencyKey) return
    judge.violate({
      sentence: `effectful tool ${quote(tool.name)} was called again at ${inSeconds(sentAt)} (call ${attempt.call}) without a common idempotency key, but call ${previous.call} had been given up at ${inSeconds(previous.endedAt ?? 0)} with its end unknown`,
      at: sentAt,
      calls: [previous.call, attempt.call],
    })
  },
})

function isGivenUp({ ending, tool }: Attempt, effectful: ReadonlySet<string>): boolean {
  return ending === 'aborted' && tool !== null && effectful.has(tool.name)
}
