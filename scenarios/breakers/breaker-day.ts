import { faults, properties } from 'shakedown'
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

/** One upstream and no other source give nothing to isolate (B16) or to account apart (B25). */
const neverArise = ['B16', 'B25']

/** Of what surrounds the breaker: tasks end, say why and stop when cancelled, and calls end in their time. */
const ofCalls = ['L1', 'L2', 'L3', 'L9', 'T1', 'T3', 'T4']

/**
 * What is searched in every breaker.
 *
 * @param unreached properties whose situation never comes up, or too seldom: the scenario says why
 */
export function breakerSearch(unreached: readonly string[] = []): ScenarioInput['search'] {
  return {
    trials: 300,
    quickTrials: 100,
    faults: faults.swarm(
      faults.provider.serverErrors(),
      faults.provider.transport(),
      faults.provider.rejections(),
      faults.provider.slowness(),
    ),
    properties: [
      ...properties.breaker.filter(({ id }) => ![...neverArise, ...unreached].includes(id)),
      ...[...properties.loop, ...properties.cancelled, ...properties.timeout].filter(({ id }) => ofCalls.includes(id)),
    ],
  }
}
