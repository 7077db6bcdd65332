import { type Config, configSchema } from '../runner/config.ts'
import { WorkerPool } from '../runner/worker-pool.ts'
import { type ConfigPlace, configOfToken, findConfig } from './find-config.ts'

/** How a project is opened. */
export interface OpenOptions {
  /** The `--config` flag. */
  readonly config?: string | undefined
  readonly allowProduction?: boolean
  /** Worker processes at most; default 1. */
  readonly workers?: number
}

/** A user's project: where it is, what its configuration says, and the processes that run its code. */
export interface Project extends ConfigPlace, Disposable {
  readonly config: Config
  readonly pool: WorkerPool
}

/**
 * Opens the project around the current folder; whoever opens it closes it.
 *
 * The configuration is read in a worker process: it is user code, and no user code runs in the process that drives.
 */
export async function openProject({
  config: flag,
  allowProduction = false,
  workers = 1,
}: OpenOptions): Promise<Project> {
  const place = findConfig(flag, process.cwd())
  const pool = new WorkerPool({ root: place.root, allowProduction, configOfToken: configOfToken(place) }, workers)
  const close = (): void => pool.close()
  try {
    const { path } = place
    const config = path === null ? configSchema.parse({}) : await pool.run('config', { path })
    return { ...place, config, pool, [Symbol.dispose]: close }
  } catch (error) {
    close()
    throw error
  }
}
