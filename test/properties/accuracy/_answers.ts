import type { Claims } from '../../../src/contract/outcome.ts'
import type { TraceEvent } from '../../../src/contract/event.ts'
import type { ProfileInput } from '../../../src/contract/profile.ts'
import type { Property, PropertyVerdict } from '../../../src/contract/property.ts'
import { createTrialJudge } from '../../../src/properties/judge-trial.ts'
import { factsOf } from '../_trace.ts'

/** One task of a trial, from its answer to its grade. */
export interface Answer {
  readonly claims?: Claims
  readonly answer?: string | null
  /** What is wrong with it; null for nothing. */
  readonly problem?: string | null
  /** Whether an upstream answered well on its behalf; default true. */
  readonly isSupported?: boolean
  /** The faults that struck its calls, by catalogue ID. */
  readonly struckBy?: readonly string[]
}

/** The profile of an agent that declares accuracies. */
export const declaring: ProfileInput = {
  accuracy: { minimumTrials: 30 },
  fallback: {
    chain: [
      { source: 'primary', upstream: 'openai' },
      { source: 'cache', cache: { maxStaleMs: 60_000 } },
      { source: 'template' },
    ],
  },
}

/** The trace of tasks that were answered one after another. */
export function eventsOf(answers: readonly Answer[]): TraceEvent[] {
  return answers.flatMap((one, task) => {
    const { claims, answer = 'Shipped.', problem = null, isSupported = true, struckBy = [] } = one
    const at = task * 1_000
    const ofTask = { at, task, id: `task ${task}` }
    const ofCall = { at, task, call: task, upstream: 'openai', kind: 'model' } as const
    const outcome = { answer, stop: 'end_turn', ...(claims === undefined ? {} : { claims }) }
    return [
      { type: 'task.started', ...ofTask, input: 'Where is it?', user: null },
      ...struckBy.map((id): TraceEvent => ({ type: 'fault.injected', ...ofCall, fault: 0, id, demanded: null })),
      {
        type: 'response.end',
        ...ofCall,
        status: isSupported ? 200 : 503,
        class: isSupported ? 'success' : 'failure',
        body: '',
        model: null,
        partial: null,
        errorCode: null,
      },
      { type: 'task.ended', ...ofTask, outcome },
      { type: 'task.graded', ...ofTask, problem },
    ]
  })
}

/** Judges tasks that were answered one after another in one trial. */
export function judged(property: Property, answers: readonly Answer[], profile = declaring): PropertyVerdict {
  const judge = createTrialJudge([property], factsOf(profile))
  for (const event of eventsOf(answers)) judge.observe(event)
  return judge.finish().get(property.id) ?? { verdict: 'vacuous' }
}
