import { relative, sep } from 'node:path'
import type { ScenarioAddress } from './job.ts'
import type { RunRequest } from './run-plan.ts'

/** How jobs name a scenario file of a run. */
export function addressOf(
  { root, seed, config }: Pick<RunRequest, 'root' | 'seed' | 'config'>,
  path: string,
): ScenarioAddress {
  const file = relative(root, path).split(sep).join('/')
  return { path, file, seed, blockedAfterMs: config.blockedAfterMs }
}
