import type { Profile } from '../../contract/profile.ts'
import type { Judge } from '../../contract/property.ts'
import { callWords } from '../call-words.ts'
import { getOrCreate } from '../get-or-create.ts'
import { quote } from '../quote.ts'
import { inSeconds } from '../virtual-time.ts'
import type { Attempt } from './attempt-ledger.ts'
import { endingWords } from './attempt-words.ts'
import { defineRetryProperty } from './define-retry-property.ts'
import { didNotSucceed } from './did-not-succeed.ts'
import { isSameRequest } from './is-same-request.ts'
import { whyNotRetryable } from './why-not-retryable.ts'

interface TaskState {
  open: number
  /** The attempt that settled last, while nothing was sent since. */
  lastSettled: Attempt | null
}

interface Rules {
  readonly profile: Profile
  readonly tasks: Map<number, TaskState>
  /** The attempt of a tool that carried a key last. */
  readonly keyed: Map<string, Attempt>
}

/** R11: an attempt repeats what the one before it asked. */
export const sameRequest = defineRetryProperty<Rules>({
  id: 'R11',
  name: 'retry.same-request',
  statement:
    'After a transient failure of a model call and nothing else in its task, a request with as many messages to the same model at the same endpoint asks the same, up to the order of JSON keys; and a tool call that keeps its idempotency key, without being asked for anew, keeps its request. Exempt are models for which a fallback chain declares two sources, and agents that declare `retry.repairs`, for their model requests.',
  applies: 'where the profile declares `retry`.',
  begin: ({ profile }) => (profile.retry ? { profile, tasks: new Map(), keyed: new Map() } : null),
  sent: (rules, attempt, judge) => {
    const task = getOrCreate(rules.tasks, attempt.task, newTask)
    const before = task.open === 0 ? task.lastSettled : null
    task.open += 1
    task.lastSettled = null
    if (attempt.model) judgeModel(rules, before, attempt, judge)
    else judgeKeyed(rules, attempt, judge)
  },
  ended: ({ tasks }, attempt) => {
    const task = getOrCreate(tasks, attempt.task, newTask)
    task.open -= 1
    task.lastSettled = attempt
  },
})

function newTask(): TaskState {
  return { open: 0, lastSettled: null }
}

function judgeModel({ profile }: Rules, before: Attempt | null, attempt: Attempt, judge: Judge): void {
  if (!before?.model || !attempt.model || before.upstream !== attempt.upstream) return
  if (!didNotSucceed(before) || whyNotRetryable(before) !== null) return
  if (before.model.model !== attempt.model.model || before.model.messages !== attempt.model.messages) return
  if (mayChange(profile, attempt)) return
  judge.trigger()
  if (!isSameRequest(before, attempt)) violate(before, attempt, 'the same model', judge)
}

function judgeKeyed({ keyed }: Rules, attempt: Attempt, judge: Judge): void {
  const { tool, idempotencyKey: key } = attempt
  if (!tool || key === null) return
  const before = keyed.get(`${tool.name} ${key}`)
  keyed.set(`${tool.name} ${key}`, attempt)
  if (!before || before.task !== attempt.task || before.asking !== attempt.asking || !didNotSucceed(before)) return
  judge.trigger()
  if (!isSameRequest(before, attempt)) violate(before, attempt, `key ${quote(key)}`, judge)
}

function mayChange({ retry, fallback }: Profile, { upstream, model }: Attempt): boolean {
  if (retry?.repairs === true) return true
  const sources = fallback?.chain.filter(
    (source) => source.upstream === upstream && (source.model === undefined || source.model === model?.model),
  )
  return (sources?.length ?? 0) > 1
}

function violate(before: Attempt, attempt: Attempt, same: string, judge: Judge): void {
  judge.violate({
    sentence: `${callWords(attempt)} at ${inSeconds(attempt.sentAt)} (call ${attempt.call}) followed call ${before.call}, which ${endingWords(before)}, with ${same}, but another request`,
    at: attempt.sentAt,
    calls: [before.call, attempt.call],
  })
}
