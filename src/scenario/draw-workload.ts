import type { Task } from '../contract/task.ts'
import type { Workload } from '../contract/workload.ts'
import { keyedUniform } from '../simulation/keyed-hash.ts'
import type { Scenario } from './scenario.ts'
import { workloadDraw } from './workload-source.ts'

/** A workload with its tasks, in the order of its arrivals. */
export interface DrawnWorkload {
  readonly workload: Workload
  readonly tasks: readonly Task[]
}

/** The seed of everything in a trial: with the same one, the same trial. */
export function trialSeedOf({ name }: Pick<Scenario, 'name'>, seed: number, trial: number): string {
  return `${seed}/${name}/${trial}`
}

/**
 * The workload of a trial, and without running it, too: what a trial whose process was lost would have done.
 *
 * The default is one task: task i modulo their number, so that every task gets its share of the trials.
 *
 * @param paraphrased share of the tasks that are worded as one of their paraphrases. The draws are those of the trial: what
 * is paraphrased at one share is so at any larger one, in the same words
 */
export function drawWorkload(scenario: Scenario, seed: number, trial: number, paraphrased = 0): DrawnWorkload {
  const { tasks, workload } = scenario
  const trialSeed = trialSeedOf(scenario, seed, trial)
  if (workload === null) {
    const ofDefault = tasks.slice(trial % tasks.length, (trial % tasks.length) + 1)
    return {
      tasks: worded(ofDefault, trialSeed, paraphrased),
      workload: { order: 'sequence', arrivals: ofDefault.map(({ id }) => ({ task: id, atMs: 0 })) },
    }
  }
  const drawn = workload(workloadDraw(tasks, trialSeed, trial))
  const ofWorkload = drawn.arrivals.flatMap(({ task }) => tasks.filter(({ id }) => id === task))
  return { workload: drawn, tasks: worded(ofWorkload, trialSeed, paraphrased) }
}

function worded(tasks: readonly Task[], trialSeed: string, paraphrased: number): readonly Task[] {
  if (paraphrased === 0) return tasks
  return tasks.map((task, index) => {
    if (keyedUniform(trialSeed, 'is paraphrased', index) >= paraphrased) return task
    const { paraphrases = [] } = task
    const wording = paraphrases[Math.floor(keyedUniform(trialSeed, 'paraphrase', index) * paraphrases.length)]
    return wording === undefined ? task : { ...task, input: wording }
  })
}
