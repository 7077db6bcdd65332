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

/** One upstream and no other source give nothing to isolate or to account apart; the client gives up every hung probe. */
const neverArise = ['B13', 'B16', 'B25']

/**
 * What is searched in every breaker.
 *
 * @param unreached properties whose situation comes up too seldom, as others are violated before
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
    properties: properties.breaker.filter(({ id }) => ![...neverArise, ...unreached].includes(id)),
  }
}
