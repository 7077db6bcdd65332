import type { Config } from '../runner/config.ts'
import { configSchema } from '../runner/config.ts'
import { WorkerPool } from '../runner/worker-pool.ts'
import { type ConfigPlace, findConfig } from './find-config.ts'

/** A user's project: where it is and what its configuration says. */
export interface Project extends ConfigPlace {
  readonly config: Config
}

/**
 * Reads the configuration of the project around the current folder, in a worker process: it is user code, and no user
 * code runs in the process that drives the run.
 */
export async function openProject(configFlag: string | undefined, allowProduction: boolean): Promise<Project> {
  const place = findConfig(configFlag, process.cwd())
  if (place.path === null) return { ...place, config: configSchema.parse({}) }
  const pool = new WorkerPool({ root: place.root, blockedAfterMs: 5_000, allowProduction }, 1)
  try {
    return { ...place, config: await pool.run('config', { path: place.path }) }
  } finally {
    pool.close()
  }
}
