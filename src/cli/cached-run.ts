import { resolve } from 'node:path'
import { describeThrown } from '../contract/describe-thrown.ts'
import type { Results } from '../results/results-schema.ts'
import { openCache } from '../runner/cache/open-cache.ts'
import type { RunRequest } from '../runner/run-plan.ts'

/** A run that may take its work from the cache. */
export interface CachedRun {
  readonly request: RunRequest
  /** Keeps what was done for the next run; of a shard there are no results. */
  end(results: Results | null): void
}

/** Takes from the cache what is there, where the flags ask for it, and says so on standard error. */
export async function cachedRun(request: RunRequest, isCached: boolean): Promise<CachedRun> {
  if (!isCached) return { request, end: () => undefined }
  const cache = await openCache(request, resolve(request.root, request.config.cache))
  for (const sentence of cache.told) process.stderr.write(`${sentence}\n`)
  return {
    request: cache.request,
    // The report is there, and the verdict with it: a full disk costs the next run its time, and this one nothing.
    end: (results) => {
      const troubled = results?.scenarios.filter(({ search }) => (search?.tally.problems ?? []).length > 0) ?? []
      try {
        cache.end(new Set(troubled.map(({ file }) => file)))
      } catch (error) {
        process.stderr.write(`Nothing more is kept in the cache: ${describeThrown(error)}.\n`)
      }
    },
  }
}
