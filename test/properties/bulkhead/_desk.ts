import { epochMs } from '../../../src/contract/epoch.ts'
import { TraceBuilder } from '../_trace.ts'

/** One task: when it comes, on whose behalf, how long its call lasts and how that ends. */
export interface Visit {
  readonly atMs: number
  readonly user: string
  readonly lastsMs: number
  readonly ends: 'answered' | 'timed out' | 'broken'
}

/** What an agent does wrong. */
export interface Wrong {
  readonly leaksOnTimeout?: boolean
  readonly admits?: number
  readonly queues?: number
  readonly lastFirst?: boolean
}

interface Waiting {
  readonly task: number
  readonly visit: Visit
}

/**
 * An agent with one pool, by the book unless told otherwise: a slot or a place in the queue, first come, first served,
 * and a refusal at once where both are used up.
 */
export function visitedDesk(visits: readonly Visit[], maxConcurrent: number, maxQueued: number, wrong: Wrong = {}) {
  const trace = new TraceBuilder()
  const ends: { at: number; call: number; task: number; visit: Visit }[] = []
  const queue: Waiting[] = []
  let [now, free] = [0, maxConcurrent + (wrong.admits ?? 0)]
  const goTo = (at: number): void => {
    trace.after(at - now)
    now = at
  }
  const serve = ({ task, visit }: Waiting): void => {
    free -= 1
    ends.push({ at: now + visit.lastsMs, call: trace.model({}, { task }), task, visit })
    ends.sort((one, other) => one.at - other.at)
  }
  const finishUntil = (at: number): void => {
    while ((ends[0]?.at ?? Infinity) <= at) {
      const over = ends.shift()
      if (!over) return
      goTo(over.at)
      if (over.visit.ends === 'answered') trace.reply(over.call)
      else if (over.visit.ends === 'broken') trace.failed(over.call)
      else trace.aborted(over.call)
      trace.concluded({}, over.task)
      if (over.visit.ends !== 'timed out' || !wrong.leaksOnTimeout) free += 1
      const next = free > 0 ? (wrong.lastFirst ? queue.pop() : queue.shift()) : undefined
      if (next) serve(next)
    }
  }
  for (const [task, visit] of visits.toSorted((one, other) => one.atMs - other.atMs).entries()) {
    finishUntil(visit.atMs)
    goTo(visit.atMs)
    trace.begun(task, { user: visit.user })
    if (free > 0) serve({ task, visit })
    else if (queue.length < maxQueued + (wrong.queues ?? 0)) queue.push({ task, visit })
    else {
      const refusals = [{ upstream: 'openai', by: 'bulkhead' as const, atMs: epochMs + now }]
      trace.concluded({ answer: null, stop: 'error', claims: { refusals } }, task)
    }
  }
  finishUntil(Infinity)
  return trace.healed().finished(queue.length > 0 ? 'stalled' : 'finished')
}
