import type { TaskStarted } from '../../contract/event.ts'
import type { Judge } from '../../contract/property.ts'
import { callWords } from '../call-words.ts'
import { getOrCreate } from '../get-or-create.ts'
import { quote } from '../quote.ts'
import { inSeconds } from '../virtual-time.ts'
import type { Attempt } from './attempt-ledger.ts'
import { attemptWords, earlierWords } from './attempt-words.ts'
import { defineRetryProperty } from './define-retry-property.ts'
import { isSameRequest } from './is-same-request.ts'

interface Rules {
  readonly effectful: ReadonlySet<string>
  /** Ids of the tasks by index: one that is submitted twice may use its keys again. */
  readonly ids: Map<number, string>
  /** The latest attempt that carried a key. */
  readonly users: Map<string, Attempt>
  /** The attempts with a key of the process that is there now, by task. */
  readonly latest: Map<number, Attempt[]>
  /** Those of processes that were killed. */
  readonly orphans: Map<number, readonly Attempt[]>
}

/** R10: one key for one logical call, and no other call has it. */
export const idempotencyKey = defineRetryProperty<Rules>({
  id: 'R10',
  name: 'retry.idempotency-key',
  statement:
    'All attempts of one effectful call carry one idempotency key, or none; no key stands for two different requests, nor for the requests of two different tasks. The same request asked for anew in one task may carry the same key, since it is the same effect. A call that a process made which was killed before its task had ended, and that the next one makes again without being asked for anew, is another attempt of it. A repetition that keeps its key and changes its request is judged by R11.',
  applies: 'where the profile declares effectful tools (`tools.effectful`).',
  begin: ({ profile: { tools } }) =>
    tools && tools.effectful.length > 0
      ? { effectful: new Set(tools.effectful), ids: new Map(), users: new Map(), latest: new Map(), orphans: new Map() }
      : null,
  outlivesProcess: true,
  on: {
    'process.killed': ({ latest, orphans }, { tasks }) => {
      for (const task of tasks) orphans.set(task, [...(orphans.get(task) ?? []), ...(latest.get(task) ?? [])])
      latest.clear()
    },
    'task.started': ({ ids }, { task, id }: TaskStarted) => void ids.set(task, id),
  },
  sent: (rules, attempt, judge) => {
    if (!attempt.tool || !rules.effectful.has(attempt.tool.name)) return
    const key = attempt.idempotencyKey
    const user = key === null ? undefined : rules.users.get(key)
    const { previous } = attempt
    if (key !== null) {
      if (rules.users.size > 0) judge.trigger()
      rules.users.set(key, attempt)
      getOrCreate(rules.latest, attempt.task, () => []).push(attempt)
    }
    const orphan = (rules.orphans.get(attempt.task) ?? []).find((lost) => isRepeatedOrphan(lost, attempt))
    if (orphan) judge.trigger()
    if (orphan && orphan.idempotencyKey !== key) {
      const keys = `${keyWords(key)}, but the process before, which was killed, had sent it with ${keyWords(orphan.idempotencyKey)}`
      violate(judge, attempt, orphan, `${callWords(attempt)} carried ${keys}`)
      return
    }
    if (previous && previous.idempotencyKey !== key) {
      const keys = `${keyWords(key)}, but ${earlierWords(previous)} carried ${keyWords(previous.idempotencyKey)}`
      violate(judge, attempt, previous, `${attemptWords(attempt)} carried ${keys}`)
      return
    }
    const difference = user && differenceOf(rules, user, attempt)
    if (!user || !difference) return
    violate(judge, attempt, user, `${callWords(attempt)} carried ${keyWords(key)} of call ${user.call}, ${difference}`)
  },
})

function violate(judge: Judge, { call, sentAt }: Attempt, other: Attempt, what: string): void {
  judge.violate({ sentence: `at ${inSeconds(sentAt)} ${what}`, at: sentAt, calls: [other.call, call] })
}

/** Whether a call is one that an earlier process made, and not one that the model wants once more. */
function isRepeatedOrphan(lost: Attempt, attempt: Attempt): boolean {
  return lost.asking === attempt.asking && !lost.isAskedTwice && isSameRequest(lost, attempt)
}

function keyWords(key: string | null): string {
  return key === null ? 'no idempotency key' : `idempotency key ${quote(key)}`
}

function differenceOf({ ids }: Rules, user: Attempt, attempt: Attempt): string | null {
  if (ids.get(user.task) !== ids.get(attempt.task)) {
    return `which belonged to task ${quote(ids.get(user.task) ?? user.task)}`
  }
  if (isSameRequest(user, attempt) || isRepetition(user, attempt)) return null
  return `which was another request: ${quote(user.tool?.arguments)} and not ${quote(attempt.tool?.arguments)}`
}

/** Whether an attempt follows an unsuccessful one without being asked for anew: then a changed request is R11's. */
function isRepetition(before: Attempt, attempt: Attempt): boolean {
  return before.class !== null && before.class !== 'success' && before.asking === attempt.asking
}
