import { z } from 'zod'

/** Version of a declaration, e.g. `1.2.0`. */
export const declarationVersionSchema = z.string().regex(/^\d+\.\d+\.\d+$/, 'expected a version such as 1.2.0')

/** Negative where the first is older, positive where it is newer, 0 where both are the same. */
export function compareVersions(one: string, other: string): number {
  const others = numbersOf(other)
  const differences = numbersOf(one).map((number, index) => number - (others[index] ?? 0))
  return differences.find((difference) => difference !== 0) ?? 0
}

/** The version that follows where nothing else is asked for: the next minor one, `1.0.0` to begin with. */
export function nextVersion(after: string | null): string {
  if (after === null) return '1.0.0'
  const [major = 0, minor = 0] = numbersOf(after)
  return `${major}.${minor + 1}.0`
}

function numbersOf(version: string): number[] {
  return version.split('.').map(Number)
}
