import { existsSync } from 'node:fs'
import { usageError } from '../../contract/errors.ts'
import type { RunRequest } from '../run-plan.ts'
import { type RunIdentity, identityDifference, runIdentity } from '../kept-work/run-identity.ts'

/**
 * Makes sure that shards are of the project that merges them: it runs the agent again, to find the causes of what they saw.
 *
 * @throws {ShakedownError} of kind `usage` where they are of another state of it
 */
export async function requireOwnRun(request: RunRequest, run: RunIdentity): Promise<void> {
  const missing = request.files.find((path) => !existsSync(path))
  const difference = missing === undefined ? identityDifference(run, await runIdentity(request)) : missing
  if (difference === null) return
  throw usageError(
    'FOREIGN_SHARD',
    missing === undefined
      ? `the shards are of another state of this project: ${difference} differs; merge them where the same commit is checked out.`
      : `the shards are of another project: there is no file ${missing}; merge them where the same commit is checked out, or give --config.`,
  )
}
