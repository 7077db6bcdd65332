import { ShakedownError } from '../../contract/errors.ts'
import { scenarioVerdicts } from '../../report/scenario-verdicts.ts'
import { runScenarios } from '../../runner/run-scenarios.ts'
import { addressOf } from '../../runner/scenario-address.ts'
import { PoolClosed } from '../../runner/worker-pool.ts'
import { WorkerLost } from '../../runner/worker-process.ts'
import { describeFailure } from '../describe-failure.ts'
import type { RunFlags } from '../flags.ts'
import { inReportFolder } from '../in-report-folder.ts'
import { prepareRun } from '../prepare-run.ts'
import { endRun } from '../tell-results.ts'
import type { SeenScenarios, Sight } from './look.ts'
import type { RunMemory } from './run-memory.ts'

/** How a run under watch ended. */
export interface RoundEnd {
  /** `broken`: nothing came of it, and the sentences say why. `cancelled`: its processes were ended. */
  readonly kind: 'told' | 'broken' | 'cancelled'
  /** Paths of the scenarios that did not pass, or could not be loaded. */
  readonly failed: readonly string[]
  readonly sentences: readonly string[]
}

/** What a run under watch is asked for. */
export interface RoundOptions {
  readonly filters: readonly string[]
  readonly flags: RunFlags & { readonly workers: number }
  readonly memory: RunMemory
}

/**
 * Runs the scenarios of a project whose results are not known, and reports on all of them: the report is the one that a
 * run of all would have written.
 *
 * @throws {Error} where Shakedown is at fault
 */
export async function runRound(sight: Sight, seen: SeenScenarios, options: RoundOptions): Promise<RoundEnd> {
  try {
    const broken = await brokenScenarios(sight, seen, options)
    if (broken.length > 0) {
      return {
        kind: 'broken',
        failed: broken.map(({ path }) => path),
        sentences: broken.map(({ sentence }) => sentence),
      }
    }
    return { kind: 'told', failed: await runAndTell(sight, seen, options), sentences: [] }
  } catch (error) {
    if (error instanceof PoolClosed) return { kind: 'cancelled', failed: [], sentences: [] }
    if (!ShakedownError.is(error) && !(error instanceof WorkerLost)) throw error
    return { kind: 'broken', failed: [], sentences: [describeFailure(error)] }
  }
}

async function runAndTell({ place, pool }: Sight, seen: SeenScenarios, options: RoundOptions): Promise<string[]> {
  const { filters, flags, memory } = options
  const { config, files } = seen
  const prepared = await prepareRun({ ...place, config, pool, [Symbol.dispose]: () => {} }, filters, flags)
  const { folder, request, ending, progress } = prepared
  const failed: string[] = []
  await inReportFolder(folder, { pool, progress }, async () => {
    const outcome = await runScenarios({ ...request, files, finished: memory.finished })
    progress[Symbol.dispose]()
    endRun(outcome, { ...ending, github: false })
    const judged = scenarioVerdicts(outcome.results)
    failed.push(...files.filter((_, index) => judged[index]?.verdict.status !== 'pass'))
  })
  return failed
}

interface BrokenScenario {
  readonly path: string
  readonly sentence: string
}

/** All scenario files that cannot be loaded, so that somebody who mends them sees them at once. */
async function brokenScenarios(
  { place, pool }: Sight,
  seen: SeenScenarios,
  { flags, memory }: RoundOptions,
): Promise<BrokenScenario[]> {
  const { config, files } = seen
  const seed = flags.seed ?? config.seed
  const unknown = files.filter((path) => !memory.finished.has(path))
  const loaded = unknown.map(async (path): Promise<BrokenScenario[]> => {
    try {
      await pool.run('describe', addressOf({ root: place.root, seed, config }, path))
      return []
    } catch (error) {
      if (!ShakedownError.is(error) && !(error instanceof WorkerLost)) throw error
      return [{ path, sentence: describeFailure(error) }]
    }
  })
  return (await Promise.all(loaded)).flat()
}
