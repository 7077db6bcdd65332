import { usageError } from '../contract/errors.ts'
import { parseInput } from '../contract/parse.ts'
import { type AccuracyDeclaration, accuracyDeclarationSchema } from './accuracy-declaration.ts'
import { requireEvidence } from './declaration-evidence.ts'
import { compareVersions } from './declaration-version.ts'

const remedy = 'mend the declaration'

/**
 * Reads an accuracy declaration, or several versions of one, the oldest first, and returns the newest.
 *
 * @param value the parsed JSON of a declaration file, or a list of such
 * @param place where it came from, e.g. the name of the scenario
 * @throws {ShakedownError} of kind `usage` for what is no declaration, a metric that is unknown, a value that is declared
 * twice or above its evidence, evidence that does not follow from its counts, or versions that do not follow on each other
 */
export function readDeclarations(value: unknown, place: string): AccuracyDeclaration {
  const versions = (Array.isArray(value) ? value : [value]).map((one: unknown, index, { length }) =>
    readDeclaration(one, length === 1 ? place : `${place}: version ${index + 1} of ${length}`),
  )
  for (const [index, version] of versions.entries()) requireSuccession(versions[index - 1], version, place)
  const newest = versions.at(-1)
  if (newest !== undefined) return newest
  throw usageError('NO_DECLARATION', `${place}: the list of declarations is empty; leave the field out.`)
}

/**
 * Reads one accuracy declaration.
 *
 * @throws {ShakedownError} of kind `usage`, as {@link readDeclarations}
 */
export function readDeclaration(value: unknown, place: string): AccuracyDeclaration {
  const declaration = parseInput(accuracyDeclarationSchema, value, `${place}: accuracy declaration`, remedy)
  const keys = declaration.values.map(({ metric, stratum, faultClass }) =>
    JSON.stringify([metric, stratum, faultClass]),
  )
  const twice = keys.findIndex((key, index) => keys.indexOf(key) !== index)
  if (twice >= 0) {
    throw usageError(
      'DECLARED_TWICE',
      `${place}: the accuracy declaration has two values for ${declaration.values[twice]?.metric} of the same stratum and fault class, the second at "values.${twice}"; keep one.`,
    )
  }
  if (declaration.format === 'shakedown-accuracy-declaration/2') {
    for (const [index, declared] of declaration.values.entries()) {
      requireEvidence(declared.value, declared.evidence, `${place}: accuracy declaration at "values.${index}"`)
    }
  }
  return declaration
}

/**
 * A version names the one that it takes the place of, and it is newer.
 *
 * @throws {ShakedownError} of kind `usage` where it does not
 */
export function requireSuccession(
  before: AccuracyDeclaration | undefined,
  next: AccuracyDeclaration,
  place: string,
): void {
  if (next.supersedes !== null && compareVersions(next.version, next.supersedes) <= 0) {
    throw chainError(place, `version ${next.version} supersedes ${next.supersedes}, which is not older`)
  }
  if (before === undefined) return
  if (next.agent !== before.agent) {
    throw chainError(place, `version ${next.version} is of "${next.agent}" and follows one of "${before.agent}"`)
  }
  if (next.supersedes !== before.version) {
    const named = next.supersedes === null ? 'none' : next.supersedes
    throw chainError(place, `version ${next.version} follows ${before.version} but supersedes ${named}`)
  }
}

function chainError(place: string, what: string): Error {
  return usageError(
    'DECLARATION_CHAIN',
    `${place}: accuracy declaration: ${what}; each version supersedes the one before.`,
  )
}
