import { existsSync } from 'node:fs'
import { resolve } from 'node:path'
import { type Check, checking } from '../../results/doctor/check.ts'
import { quantity } from '../../results/quantity.ts'
import type { Config } from '../../runner/config.ts'
import { readResultsFile } from '../read-results-file.ts'

/** Whether the configured baselines can be compared with. */
export function checkBaselines(root: string, { baseline, seed }: Config): Check[] {
  const { pinned, moving } = baseline ?? {}
  if (pinned === undefined && moving === undefined) {
    return [checking('baseline').ok('none is configured, and runs are compared with nothing')]
  }
  return [
    ...(pinned === undefined ? [] : [checkBaseline(root, pinned, seed)]),
    ...(moving === undefined ? [] : [checkMoving(root, moving, seed)]),
  ]
}

function checkMoving(root: string, file: string, seed: number): Check {
  if (existsSync(resolve(root, file))) return checkBaseline(root, file, seed)
  return checking('baseline', file).ok('there is none yet; `shakedown run --update-baseline` makes the first')
}

function checkBaseline(root: string, file: string, seed: number): Check {
  const check = checking('baseline', file)
  try {
    const { scenarios, seed: its } = readResultsFile(resolve(root, file))
    const held = `it holds ${quantity(scenarios.length, 'scenario')}`
    if (its === seed) return check.ok(`${held}, with the seed of the configuration`)
    return check.warning(
      `${held}, run with seed ${its} instead of ${seed}: trials are no pairs, and a comparison is less sharp`,
      `run it again with seed ${seed}`,
    )
  } catch (error) {
    return check.failed(error)
  }
}
