import { emptyPlan } from '../../contract/fault.ts'
import { type Check, checking } from '../../results/doctor/check.ts'
import { quantity } from '../../results/quantity.ts'
import type { ScenarioAddress, ScenarioDescription } from '../../runner/job.ts'
import { lossDetails } from '../../runner/run-lossy-block.ts'
import { WorkerLost } from '../../runner/worker-process.ts'
import type { WorkerPool } from '../../runner/worker-pool.ts'

/**
 * Whether the agent starts, gets through its tasks without faults, and does the same in a process of its own.
 *
 * Its first trial is run among others and twice alone; all three must leave the same trace.
 */
export async function checkAgent(
  pool: WorkerPool,
  address: ScenarioAddress,
  { name, tasks }: ScenarioDescription,
): Promise<Check> {
  const check = checking('agent', `of "${name}"`)
  try {
    const { faultFree } = await pool.run('fault-free', address)
    const [first] = faultFree.failures
    if (first !== undefined) {
      const found = `${quantity(faultFree.failures.length, 'failure')} without any fault: ${first}`
      return check.warning(found, 'mend that first, because a run judges nothing else')
    }
    const trial = { ...address, trial: 0, property: '', plan: emptyPlan }
    const [among, alone, again] = await Promise.all([
      pool.run('trial', trial),
      pool.runFresh('trial', trial),
      pool.runFresh('trial', trial),
    ])
    if (alone.traceHash !== again.traceHash) {
      return check.problem(
        'its first trial gave two different traces in two fresh processes: it reads time, randomness or input from outside the simulated world',
        'find it in docs/virtual-world.md and give it to the agent from outside',
      )
    }
    if (among.traceHash !== alone.traceHash) {
      return check.problem(
        'its first trial gives another trace alone than after others: it keeps state outside what its factory makes',
        'move that state into the factory',
      )
    }
    return check.ok(`it starts, solves ${quantity(tasks, 'task')} without faults, and does the same in a fresh process`)
  } catch (error) {
    if (!(error instanceof WorkerLost)) throw error
    return check.problem(
      `${lossDetails[error.how]}, without any fault`,
      'let each task end by what it returns, and block nothing',
    )
  }
}
