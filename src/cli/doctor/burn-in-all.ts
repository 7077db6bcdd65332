import type { ScenarioBurnIn } from '../../results/burn-in/summarise-burn-in.ts'
import { type Check, checking } from '../../results/doctor/check.ts'
import { burnIn } from '../../runner/burn-in.ts'
import { automatedReader } from '../automated-reader.ts'
import { onInterrupt } from '../on-interrupt.ts'
import { progressFor } from '../progress/progress-for.ts'
import type { Project } from '../open-project.ts'
import type { CheckedScenario } from './check-scenario.ts'
import type { ExamineOptions, Examined } from './examine.ts'

/** How often each measure is run, and how. */
export interface BurnInOptions extends ExamineOptions {
  readonly runs: number
  readonly workers: number
}

/** What burn-ins showed. */
export interface BurntIn {
  /** Scenarios that were left out, and why. */
  readonly checks: readonly Check[]
  readonly burnIn: readonly ScenarioBurnIn[]
}

/** Burns in the measure of every scenario whose agent gets through a trial. */
export async function burnInAll(
  { root, config, pool }: Project,
  { scenarios, inForce }: Examined,
  options: BurnInOptions,
): Promise<BurntIn> {
  const progress = progressFor(process.stderr, automatedReader() !== null)
  const interruptible = onInterrupt(() => {
    progress[Symbol.dispose]()
    pool.close()
  })
  try {
    const request = { ...options, pool, config, root, files: [], baselines: [], progress, isForGatesAlone: true }
    const burnt: ScenarioBurnIn[] = []
    for (const { address, measure } of scenarios) {
      if (measure !== null) burnt.push(await burnIn(address, measure, request, inForce))
    }
    return { checks: scenarios.filter(({ measure }) => measure === null).map(leftOut), burnIn: burnt }
  } finally {
    progress[Symbol.dispose]()
    interruptible[Symbol.dispose]()
  }
}

function leftOut({ name, address }: CheckedScenario): Check {
  const check = checking('burn-in', name === null ? address.file : `of "${name}"`)
  return check.warning('there is nothing to burn in', 'give it a measure, and mend what is told above')
}
