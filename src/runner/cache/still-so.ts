import { isDeepStrictEqual } from 'node:util'
import type { ScenarioAddress } from '../job.ts'
import type { KeptWork } from '../kept-work/kept-work.ts'
import type { Workers } from '../worker-pool.ts'

/**
 * Whether an agent still does what is kept of it: its run without faults and the last trial of its first block, run again.
 *
 * Agents read what is in none of their modules, such as a file or a model on disk, and no key knows of it.
 */
export async function isStillSo(pool: Workers, address: ScenarioAddress, known: readonly KeptWork[]): Promise<boolean> {
  const faultFree = known.find((work) => work.job === 'fault-free')
  if (faultFree === undefined || !('reply' in faultFree)) return false
  // Compared as it is kept, in which what is undefined is absent.
  const now: unknown = JSON.parse(JSON.stringify(await pool.run('fault-free', address)))
  if (!isDeepStrictEqual(now, faultFree.reply)) return false
  const first = known.find((work) => work.job === 'block' && work.of.block === 0)
  if (first?.job !== 'block' || !('reply' in first)) return true
  const trial = first.of.trials - 1
  const { traceHash } = await pool.run('trial', { ...address, trial, property: '', plan: null })
  return traceHash === first.reply.lastHash
}
