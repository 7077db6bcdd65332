import { epochMs } from '../../../src/contract/epoch.ts'
import type { EventOf, TraceEvent } from '../../../src/contract/event.ts'
import type { Refusal } from '../../../src/contract/outcome.ts'
import type { Profile } from '../../../src/contract/profile.ts'
import { ModelBreaker, type Pass, type Style, type Wrong } from './_model-breaker.ts'

/** How a call of the schedule goes; `hang` ends only where its task is cancelled. */
export interface PlannedCall {
  readonly latencyMs: number
  readonly end: 'success' | 'failure' | '429' | '400' | 'reset' | 'hang'
}

/** A task of the schedule: calls one after another to one upstream, until one is refused. */
export interface PlannedTask {
  readonly at: number
  readonly upstream: string
  readonly calls: readonly PlannedCall[]
  readonly cancelAfterMs: number | null
}

const statuses = { success: 200, failure: 500, '429': 429, '400': 400 } as const

/** Runs a schedule against the model breaker in virtual time, and gives the trace of it. */
export function runSchedule(
  tasks: readonly PlannedTask[],
  {
    profile,
    style,
    wrong,
    claims = true,
    healedAt,
    killedAt = [],
  }: {
    readonly profile: Profile
    readonly style: Style
    readonly wrong: Wrong | null
    readonly claims?: boolean
    readonly healedAt?: number
    /** When the process of the agent is killed; another one takes its place at once, and its tasks begin again. */
    readonly killedAt?: readonly number[]
  },
): readonly TraceEvent[] {
  const events: TraceEvent[] = []
  const queue: { at: number; run: () => void }[] = []
  let now = 0
  let calls = 0
  const at = (when: number, run: () => void): void => {
    const index = queue.findIndex((entry) => entry.at > when)
    queue.splice(index < 0 ? queue.length : index, 0, { at: when, run })
  }
  const breakers = new Map<string, ModelBreaker>()
  const waiting: (() => void)[] = []
  const declared = profile.breaker
  if (!declared) throw new Error('no breaker declared')
  const breakerOf = (upstream: string, task: number): ModelBreaker => {
    const isPerTask = (declared.sharedBy === 'task') !== (wrong === 'other sharing')
    const key = `${wrong === 'one breaker for all upstreams' ? '' : upstream} ${isPerTask ? task : ''}`
    const breaker = breakers.get(key) ?? new ModelBreaker(declared, style, wrong)
    breakers.set(key, breaker)
    return breaker
  }

  const running = new Map<number, () => void>()
  for (const when of killedAt) at(when, kill)
  tasks.forEach((plan, task) => at(plan.at, () => start(plan, task)))
  if (healedAt !== undefined) at(healedAt, () => events.push({ type: 'world.healed', at: now }))
  for (let entry = queue.shift(); entry; entry = queue.shift()) {
    now = entry.at
    entry.run()
  }
  events.push({ type: 'trial.ended', at: now, how: 'finished', detail: '', leftovers: [] })
  return events

  function kill(): void {
    const lost = [...running.keys()]
    events.push({ type: 'process.killed', at: now, tasks: lost, calls: [] })
    events.push({ type: 'process.restarted', at: now })
    for (const end of running.values()) end()
    running.clear()
    waiting.length = 0
    for (const [key, breaker] of breakers) breakers.set(key, breaker.reborn(now))
    for (const task of lost) {
      const plan = tasks[task]
      if (plan) at(now, () => start({ ...plan, cancelAfterMs: null }, task))
    }
  }

  function start(plan: PlannedTask, task: number): void {
    running.set(task, () => (over = true))
    const id = `task-${task}`
    const breaker = breakerOf(plan.upstream, task)
    let over = false
    let open: { call: number; pass: Pass } | null = null
    events.push({ type: 'task.started', at: now, task, id, input: 'please', user: null })
    if (plan.cancelAfterMs !== null) at(now + plan.cancelAfterMs, cancel)
    next(0)

    function next(index: number): void {
      const planned = plan.calls[index]
      if (over) return
      if (!planned) return finish('end_turn', [])
      const asked = breaker.ask(now)
      if (asked === 'refuse') {
        const retryAfterMs = breaker.retryAfterMs(now)
        const refusal = { upstream: plan.upstream, by: 'breaker' as const, atMs: epochMs + now }
        return finish('llm_api_error', [retryAfterMs === undefined ? refusal : { ...refusal, retryAfterMs }])
      }
      if (asked === 'hold') return void waiting.push(() => next(index))
      const call = calls++
      open = { call, pass: asked }
      events.push(sentEvent(call, task, plan.upstream, now))
      const { end: how } = planned
      if (how !== 'hang') at(now + planned.latencyMs, () => end(index, how, call, asked))
    }

    function end(index: number, how: Exclude<PlannedCall['end'], 'hang'>, call: number, pass: Pass): void {
      if (over || open?.call !== call) return
      open = null
      const position = { at: now, task, call, upstream: plan.upstream, kind: 'model' as const }
      if (how === 'reset') {
        events.push({ type: 'request.failed', ...position, cause: 'ECONNRESET', class: 'indeterminate', partial: null })
        breaker.end(pass, now, { class: 'indeterminate', status: null, isCancelled: false })
      } else {
        const status = statuses[how]
        const outcome = how === 'success' ? 'success' : how === '400' ? 'neutral' : 'failure'
        events.push({ type: 'response.head', ...position, status, headers: {} })
        events.push({
          ...{ type: 'response.end', ...position, status, class: outcome, body: '{}', partial: null, errorCode: null },
          model: how === 'success' ? { content: 'ok', finishReason: 'stop', toolCalls: [] } : null,
        })
        breaker.end(pass, now, { class: outcome, status, isCancelled: false })
      }
      wake()
      next(index + 1)
    }

    function cancel(): void {
      if (over) return
      events.push({ type: 'task.cancelled', at: now, task, id })
      if (open) {
        const position = { at: now, task, call: open.call, upstream: plan.upstream, kind: 'model' as const }
        events.push({ type: 'request.aborted', ...position, class: 'indeterminate', partial: null })
        breaker.end(open.pass, now, { class: 'indeterminate', status: null, isCancelled: true })
        open = null
        wake()
      }
      finish('cancelled', [])
    }

    function finish(stop: string, refusals: readonly Refusal[]): void {
      over = true
      running.delete(task)
      const outcome = { answer: null, stop, ...(claims ? { claims: { refusals: [...refusals] } } : {}) }
      events.push({ type: 'task.ended', at: now, task, id, outcome })
    }
  }

  function wake(): void {
    for (const resume of waiting.splice(0)) resume()
  }
}

function sentEvent(call: number, task: number, upstream: string, at: number): EventOf<'request.sent'> {
  return {
    ...{
      type: 'request.sent',
      at,
      task,
      call,
      upstream,
      kind: 'model',
      method: 'POST',
      url: `https://${upstream}.test/`,
    },
    ...{ body: '{}', idempotencyKey: null, logicalCall: call, attempt: 1, previous: null, model: null, tool: null },
  }
}
