import { describe, expect, it } from 'vitest'
import type { JobName, Jobs, ScenarioAddress } from '../../../src/runner/job.ts'
import { type KeptWork, asKeptWork } from '../../../src/runner/kept-work/kept-work.ts'
import { RememberingWorkers } from '../../../src/runner/kept-work/remembering-workers.ts'
import { runLossyBlock } from '../../../src/runner/run-lossy-block.ts'
import { WorkerLost } from '../../../src/runner/worker-process.ts'
import type { Workers } from '../../../src/runner/worker-pool.ts'
import { emptyTally } from '../../../src/results/tally.ts'

const address: ScenarioAddress = { path: '/here/a.scenario.ts', file: 'a.scenario.ts', seed: 1, blockedAfterMs: 5_000 }

/** Workers whose process dies at trial 7 until that trial is left out, and that count what they are asked. */
function fragile(): Workers & { readonly asked: string[] } {
  const asked: string[] = []
  const run = async (job: JobName, request: unknown): Promise<unknown> => {
    asked.push(job)
    if (job !== 'block') return 'anything'
    const { lost } = request as Jobs['block']['request']
    if (lost.length === 0) throw new WorkerLost(7, 'died', 'exit code 1')
    return { tally: { ...emptyTally, trials: 100 }, lastHash: 'abc', suspectTrial: null }
  }
  const runAs = run as Workers['run']
  return { asked, run: runAs, runFresh: runAs }
}

function runBlock(workers: Workers): ReturnType<typeof runLossyBlock<Jobs['block']['reply']>> {
  return runLossyBlock(100, (trials, lost) => workers.run('block', { ...address, block: 0, trials, lost }))
}

describe('workers that remember', () => {
  it('give what was kept without running it, lost processes included, on a machine with other paths', async () => {
    const kept: KeptWork[] = []
    const first = await runBlock(new RememberingWorkers(fragile(), [], (work) => kept.push(work)))
    // As it comes back from a file.
    const read = kept.map((work) => asKeptWork(JSON.parse(JSON.stringify(work)))).filter((work) => work !== null)
    expect(read).toHaveLength(2)
    const workers = fragile()
    const again = new RememberingWorkers(workers, read, () => {})
    const elsewhere = await runLossyBlock(100, (trials, lost) =>
      again.run('block', { ...address, path: '/there/a.scenario.ts', block: 0, trials, lost }),
    )
    expect(elsewhere).toEqual(first)
    expect(workers.asked).toEqual([])
  })

  it('do not keep a loss that no finished work followed: the run may be ending', async () => {
    const kept: KeptWork[] = []
    const workers = new RememberingWorkers(fragile(), [], (work) => kept.push(work))
    await expect(workers.run('block', { ...address, block: 0, trials: 100, lost: [] })).rejects.toThrow(WorkerLost)
    expect(kept).toEqual([])
  })

  it('ask again for another block, another scenario, and whatever must be run afresh', async () => {
    const kept: KeptWork[] = []
    await runBlock(new RememberingWorkers(fragile(), [], (work) => kept.push(work)))
    const workers = fragile()
    const again = new RememberingWorkers(workers, kept, () => {})
    const lost = [{ trial: 7, how: 'died', detail: 'the process of the agent ended by itself' }] as const
    await again.run('block', { ...address, block: 1, trials: 100, lost })
    await again.run('block', { ...address, file: 'b.scenario.ts', block: 0, trials: 100, lost })
    await again.run('block', { ...address, block: 0, trials: 50, lost })
    await again.runFresh('trial', { ...address, trial: 99, property: '', plan: null })
    expect(workers.asked).toEqual(['block', 'block', 'block', 'trial'])
  })
})
