import { hash } from 'node:crypto'
import type { TraceEvent } from '../contract/event.ts'
import type { PreparedJudge } from '../properties/judge-trial.ts'
import type { TrialResult } from '../scenario/trial.ts'
import type { LostTrial } from './job.ts'

/** The result that stands in for a trial whose process was lost: it began, and it ended like this. */
export function lostTrialResult(judge: PreparedJudge, { trial, how, detail }: LostTrial): TrialResult {
  const events: readonly TraceEvent[] = [
    { type: 'task.started', at: 0, task: 0, id: `of trial ${trial}`, input: '', user: null },
    { type: 'trial.ended', at: 0, how, detail, leftovers: [] },
  ]
  const judging = judge.begin()
  for (const event of events) judging.observe(event)
  return {
    hash: hash('sha256', JSON.stringify(events), 'hex'),
    how,
    verdicts: judging.finishApplicable(),
    deliveries: [],
    calls: 0,
    virtualMs: 0,
    effects: [],
    outside: [],
    leftovers: [],
    events,
    tasks: [],
    cancellations: new Set(),
  }
}
