import type { ScenarioInput } from 'shakedown'
import { breakerWorkload } from './breaker-workload.ts'
import { questionDesk, questions } from './question-desk.ts'

/** What all breakers meet alike: the questions, when they come, and a provider that is well again after 100 seconds. */
export const breakerDay = {
  tasks: questions,
  upstreams: questionDesk,
  workload: breakerWorkload,
  limits: { healAtMs: 100_000 },
} satisfies Partial<ScenarioInput>
