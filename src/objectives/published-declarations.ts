import { usageError } from '../contract/errors.ts'
import type { EvidencedDeclaration } from './accuracy-declaration.ts'
import { digestOf } from './declaration-digest.ts'
import { compareVersions } from './declaration-version.ts'
import { readDeclaration, requireSuccession } from './read-declarations.ts'

/** A published declaration and its file, as errors name it. */
export interface PublishedDeclaration {
  readonly place: string
  readonly declaration: EvidencedDeclaration
}

/** The name of the file that a version is published as: letters, digits and hyphens of its agent, then the version. */
export function publishedName({ agent, version }: Pick<EvidencedDeclaration, 'agent' | 'version'>): string {
  const letters = agent.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? ['agent']
  return `${letters.join('-')}-${version}.json`
}

/**
 * Reads a declaration with evidence: a draft, or a published one.
 *
 * @throws {ShakedownError} of kind `usage` for a declaration without evidence, and as {@link readDeclaration}
 */
export function readEvidenced(value: unknown, place: string): EvidencedDeclaration {
  const declaration = readDeclaration(value, place)
  if (declaration.format === 'shakedown-accuracy-declaration/2') return declaration
  throw usageError(
    'NO_EVIDENCE',
    `${place}: version ${declaration.version} of "${declaration.agent}" has the format "${declaration.format}", which carries no evidence and cannot be published; draft one from a run with \`shakedown declare\`.`,
  )
}

/**
 * Reads a published declaration and checks that nobody has changed it since.
 *
 * @throws {ShakedownError} of kind `usage` where its content is not what was published, and as {@link readEvidenced}
 */
export function readPublished(value: unknown, place: string): EvidencedDeclaration {
  const declaration = readEvidenced(value, place)
  if (declaration.digest === undefined) {
    throw usageError(
      'NOT_PUBLISHED',
      `${place}: version ${declaration.version} of "${declaration.agent}" is a draft; move it elsewhere and publish it with \`shakedown publish\`.`,
    )
  }
  if (declaration.digest !== digestOf(declaration)) {
    throw usageError(
      'TAMPERED',
      `${place}: version ${declaration.version} of "${declaration.agent}" was changed after it was published, its digest ${declaration.digest.slice(0, 12)}… is of another text; restore the file, and publish a new version for what is new.`,
    )
  }
  return declaration
}

/**
 * Puts published declarations together by agent, the oldest version first.
 *
 * @throws {ShakedownError} of kind `usage` where a chain has a gap
 */
export function chainsOf(published: readonly PublishedDeclaration[]): Map<string, PublishedDeclaration[]> {
  const byAgent = Map.groupBy(published, ({ declaration }) => declaration.agent)
  for (const [agent, versions] of byAgent) {
    const chain = versions.toSorted((a, b) => compareVersions(a.declaration.version, b.declaration.version))
    for (const [index, { place, declaration }] of chain.entries()) {
      const before = chain[index - 1]?.declaration
      if (before === undefined && declaration.supersedes !== null) {
        throw usageError(
          'DECLARATION_CHAIN',
          `${place}: version ${declaration.version} of "${agent}" supersedes ${declaration.supersedes}, which is not in the folder; restore its file.`,
        )
      }
      requireSuccession(before, declaration, place)
    }
    byAgent.set(agent, chain)
  }
  return byAgent
}

/**
 * The version that counts on a day: the newest whose first day has come. It takes the place of the ones before for good,
 * also once it has expired.
 */
export function inForceOn(chain: readonly PublishedDeclaration[], today: string): PublishedDeclaration | undefined {
  return chain.findLast(({ declaration }) => declaration.validFrom <= today) ?? chain.at(-1)
}
