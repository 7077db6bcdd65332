import { existsSync, mkdtempSync, rmSync, statSync } from 'node:fs'
import { dirname, join, relative } from 'node:path'
import { type Check, checking } from '../../results/doctor/check.ts'

/** Whether a report can be written there; leaves nothing behind. */
export function checkOutput(folder: string): Check {
  const check = checking('report folder', relative(process.cwd(), folder))
  const remedy = 'set "out" in the configuration, or give `shakedown run --out`'
  const there = nearest(folder)
  if (!statSync(there).isDirectory()) return check.problem(`${relative(process.cwd(), there)} is no folder`, remedy)
  try {
    rmSync(mkdtempSync(join(there, '.shakedown-doctor-')), { recursive: true, force: true })
  } catch (error) {
    return check.problem(
      `it cannot be written (${error instanceof Error ? error.message : String(error)})`,
      `let it be written, or ${remedy}`,
    )
  }
  return check.ok(there === folder ? 'it can be written' : 'it can be made')
}

/** The folder, or what is there of the way to it. */
function nearest(folder: string): string {
  return existsSync(folder) ? folder : nearest(dirname(folder))
}
