import { inSeconds } from '../virtual-time.ts'
import type { Attempt } from './attempt-ledger.ts'
import { attemptWords } from './attempt-words.ts'
import { defineRetryProperty } from './define-retry-property.ts'
import { didNotSucceed } from './did-not-succeed.ts'

/** What doubles lose in adding and taking. */
const noise = 1e-9

interface Store {
  readonly capacity: number
  readonly perSuccess: number
  left: number
  /** Attempts that did not succeed and nothing has followed yet: their retries may have been paid for already. */
  readonly unfollowed: Set<Attempt>
}

/** R12: a retry is paid for, and only success refills the store. */
export const retryBudget = defineRetryProperty<Store>({
  id: 'R12',
  name: 'retry.budget',
  statement:
    'Each retry takes one from the declared store of the agent, each successful call puts back the declared share up to the capacity, and nothing else does: there is no retry that the store could not pay for, whether it is paid for when the attempt before has ended or when the retry begins.',
  applies: 'where the profile declares `retry.budget`.',
  begin: ({ profile }) => {
    const budget = profile.retry?.budget
    return budget ? { ...budget, left: budget.capacity, unfollowed: new Set() } : null
  },
  on: {
    'task.ended': forget,
    'task.threw': forget,
  },
  sent: (store, attempt, judge) => {
    const { previous } = attempt
    if (!previous) return
    judge.trigger()
    store.unfollowed.delete(previous)
    store.left -= 1
    if (store.left > -noise) return
    judge.violate({
      sentence: `${attemptWords(attempt)} began at ${inSeconds(attempt.sentAt)}, but the store of retries held at most ${(store.left + 1).toFixed(3)} of its ${store.capacity} by then`,
      at: attempt.sentAt,
      calls: [previous.call, attempt.call],
    })
    store.left = 0
  },
  ended: (store, attempt) => {
    if (didNotSucceed(attempt)) store.unfollowed.add(attempt)
    if (attempt.class === 'success') store.left = Math.min(store.left + store.perSuccess, mostLeft(store))
  },
})

/** A retry that was paid for at once leaves room for what successes put back while it waits. */
function mostLeft({ capacity, unfollowed }: Store): number {
  return capacity + unfollowed.size
}

/** Nothing of a task that has ended is retried any more. */
function forget(store: Store, { task }: { readonly task: number }): void {
  for (const attempt of store.unfollowed) if (attempt.task === task) store.unfollowed.delete(attempt)
  store.left = Math.min(store.left, mostLeft(store))
}
