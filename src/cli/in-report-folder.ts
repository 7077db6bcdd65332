import { claimFolder } from '../report/claim-folder.ts'
import type { WorkerPool } from '../runner/worker-pool.ts'
import { onInterrupt } from './on-interrupt.ts'
import type { RunProgress } from './progress/run-progress.ts'

/** Holds a report folder while work lasts, and gives it and the terminal back however the work ends. */
export async function inReportFolder(
  folder: string,
  { pool, progress }: { readonly pool: WorkerPool; readonly progress: RunProgress },
  work: () => Promise<void>,
): Promise<void> {
  const claim = claimFolder(folder)
  const interruptible = onInterrupt(() => {
    progress[Symbol.dispose]()
    process.stderr.write('\n')
    claim.release()
    pool.close()
  })
  try {
    await work()
  } finally {
    progress[Symbol.dispose]()
    interruptible[Symbol.dispose]()
    claim.release()
  }
}
