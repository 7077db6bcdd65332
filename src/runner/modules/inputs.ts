import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { globSync } from 'tinyglobby'
import { compareText } from '../../results/compare-text.ts'

/** The files that a configuration names as inputs, relative to it, in an order that is the same everywhere. */
export function inputFiles(root: string, globs: readonly string[]): string[] {
  return globSync([...globs], { cwd: root, ignore: ['**/node_modules/**'], dot: true }).toSorted(compareText)
}

/** SHA-256 of the names and bytes of all inputs. */
export function inputsDigest(root: string, globs: readonly string[]): string {
  const sum = createHash('sha256')
  for (const file of inputFiles(root, globs)) {
    sum.update(`${file}\0`).update(
      createHash('sha256')
        .update(readFileSync(join(root, file)))
        .digest(),
    )
  }
  return sum.digest('hex')
}
