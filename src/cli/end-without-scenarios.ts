import type { RunFlags } from './flags.ts'
import type { RunProgress } from './progress/run-progress.ts'

/**
 * Ends a run to which its flags have left no scenario.
 *
 * Nothing was judged, and so it is no pass unless somebody says beforehand that it may be. The report of the run before
 * stays, since it is what the next one goes by.
 */
export function endWithoutScenarios(progress: RunProgress, { passWithNoScenarios }: RunFlags): void {
  progress[Symbol.dispose]()
  const ending = passWithNoScenarios
    ? 'as --pass-with-no-scenarios allows.'
    : 'which is no pass: exit code 3. With --pass-with-no-scenarios it is 0.'
  process.stderr.write(`Nothing was judged and no report written, ${ending}\n`)
  process.exitCode = passWithNoScenarios ? 0 : 3
}
