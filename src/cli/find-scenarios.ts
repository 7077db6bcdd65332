import { glob } from 'tinyglobby'
import { usageError } from '../contract/errors.ts'
import { quantity } from '../results/quantity.ts'

/**
 * The scenario files of a configuration that a filter lets through, in an order that is the same everywhere.
 *
 * @param filters parts of paths; none lets every file through
 * @throws {ShakedownError} of kind `usage` where nothing is left
 */
export async function findScenarios(
  root: string,
  patterns: readonly string[],
  filters: readonly string[],
): Promise<string[]> {
  const found = await glob([...patterns], { cwd: root, absolute: true, ignore: ['**/node_modules/**'] })
  if (found.length === 0) {
    throw usageError(
      'NO_SCENARIOS',
      `no scenario file matches ${patterns.map((one) => `"${one}"`).join(', ')} in ${root}; write one there, go to the project's folder, or set "scenarios" in its harness.config.ts.`,
    )
  }
  const kept = filters.length === 0 ? found : found.filter((path) => filters.some((filter) => path.includes(filter)))
  if (kept.length === 0) {
    throw usageError(
      'NO_MATCH',
      `filter ${filters.map((one) => `"${one}"`).join(', ')} matches none of ${quantity(found.length, 'scenario file')}; \`shakedown list scenarios\` shows them.`,
    )
  }
  return kept.toSorted((a, b) => (a < b ? -1 : 1))
}
