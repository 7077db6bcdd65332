import { quantity } from '../../results/quantity.ts'
import { inputsDigest } from '../modules/inputs.ts'
import type { RunRequest } from '../run-plan.ts'
import { addressOf } from '../scenario-address.ts'
import type { KeptWork } from '../kept-work/kept-work.ts'
import { RememberingWorkers } from '../kept-work/remembering-workers.ts'
import { pruneCache, readCached, writeCached } from './cache-folder.ts'
import { scenarioKey } from './scenario-key.ts'
import { isStillSo } from './still-so.ts'

/** Of all that is kept: the work on a scenario takes a megabyte or two. */
const mostBytes = 256 * 1024 * 1024

/** The cache, as a run of certain scenarios uses it. */
export interface OpenCache {
  /** The run, which does not do again what an earlier one has done. */
  readonly request: RunRequest
  /** What a reader should know of it, sentence by sentence. */
  readonly told: readonly string[]
  /**
   * Keeps what the run has done, for the next one.
   *
   * @param troubled scenario files whose results name a problem of the harness or of a lost process: of these nothing is kept
   */
  end(troubled: ReadonlySet<string>): void
}

interface Entry {
  readonly key: string
  readonly works: KeptWork[]
  readonly found: number
}

/**
 * Looks up each scenario of a run among the work that earlier runs have kept.
 *
 * Results are made of work (decision 043), so that they are the same bytes, wherever the work comes from.
 *
 * @param folder where it is kept, an absolute path
 */
export async function openCache(request: RunRequest, folder: string): Promise<OpenCache> {
  const { pool, root, config, seed, files } = request
  const inputs = config.inputs === undefined ? null : inputsDigest(root, config.inputs)
  const entries = new Map<string, Entry>()
  const told: string[] = []
  for (const path of files) {
    const address = addressOf(request, path)
    const { file } = address
    const terms = { seed, blockedAfterMs: config.blockedAfterMs, inputs }
    const keyed = scenarioKey(file, await pool.run('modules', { path, file }), terms)
    if ('refusal' in keyed) {
      told.push(`${file} is not cached: ${keyed.refusal}.`)
      continue
    }
    const works = readCached(folder, keyed.key)
    const isThere = works.some(({ job }) => job === 'fault-free')
    const isUsable = isThere && (await isStillSo(pool, address, works))
    if (isThere && !isUsable) {
      told.push(
        `${file} does something else than what is cached of it, although nothing it is made of has changed: it is run anew.`,
      )
    }
    entries.set(file, { key: keyed.key, works: isUsable ? works : [], found: isUsable ? works.length : 0 })
  }
  const known = [...entries.values()].flatMap(({ works }) => works)
  const hits = [...entries.values()].filter(({ found }) => found > 0).length
  const keep = (work: KeptWork): void => void entries.get(work.of.file)?.works.push(work)
  return {
    request: { ...request, pool: new RememberingWorkers(pool, known, keep) },
    told: [...told, `Work on ${hits} of ${quantity(files.length, 'scenario')} is taken from the cache.`],
    end: (troubled) => {
      for (const [file, { key, works, found }] of entries) {
        const isClean = !troubled.has(file) && works.every((work) => 'reply' in work)
        if (isClean && works.length > found) writeCached(folder, key, works)
      }
      pruneCache(folder, mostBytes)
    },
  }
}
