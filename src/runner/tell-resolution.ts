import type { EvidencedDeclaration } from '../objectives/accuracy-declaration.ts'
import { type MeasurePlan, resolutionSentences } from '../results/resolution-sentences.ts'
import type { MeasureDescription, ScenarioAddress } from './job.ts'
import type { RunRequest } from './run-plan.ts'

/** How many trials somebody asks for. */
export type WantedTrials = Pick<RunRequest, 'trials' | 'isQuick'>

/** Trials of a measure under each condition, as far as the run asks for another number than the scenario. */
export function measureTrials({ trials, quickTrials }: MeasureDescription, request: WantedTrials): number {
  return request.trials ?? (request.isQuick ? quickTrials : trials)
}

/** A measure before it is run. */
export function measurePlan(
  description: MeasureDescription,
  trials: number,
  inForce: readonly EvidencedDeclaration[],
): MeasurePlan {
  const { scenario, taskCounts: tasks, isInTurns, objectives, declaration, population, until } = description
  const published = inForce.filter(({ measured }) => measured.scenario === scenario)
  return {
    trials,
    tasks,
    isInTurns,
    objectives,
    reading: { population, isSequential: until === 'decided' },
    declarations: [...(declaration === null ? [] : [declaration]), ...published],
  }
}

/** What a measure cannot show, or most likely will not, with the trials that it is about to make. */
export function unresolved(
  description: MeasureDescription,
  trials: number,
  inForce: readonly EvidencedDeclaration[],
): string[] {
  return resolutionSentences(measurePlan(description, trials, inForce))
}

/** Says so before the first trial of a scenario, when the run can still be made longer. */
export async function tellResolution(
  address: ScenarioAddress,
  request: RunRequest,
  inForce: readonly EvidencedDeclaration[],
): Promise<void> {
  const description = await request.pool.run('describe-measure', address)
  if (description === null) return
  const sentences = unresolved(description, measureTrials(description, request), inForce)
  for (const sentence of sentences) request.progress.unresolved(description.scenario, sentence)
}
