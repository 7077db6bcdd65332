import { isDeepStrictEqual } from 'node:util'
import { usageError } from '../contract/errors.ts'
import type { EvidencedDeclaration } from './accuracy-declaration.ts'
import { digestOf, draftOf } from './declaration-digest.ts'
import { declarationValidity } from './declaration-validity.ts'
import { compareVersions } from './declaration-version.ts'
import { type PublishedDeclaration, chainsOf, publishedName } from './published-declarations.ts'
import { regressionsOf } from './regressions.ts'

/** What is to be published, and what it has to follow on. */
export interface PublicationRequest {
  /** The draft and its file, as errors name it. */
  readonly draft: EvidencedDeclaration
  readonly place: string
  /** Everything that is published, of every agent. */
  readonly published: readonly PublishedDeclaration[]
  /** `YYYY-MM-DD`. */
  readonly today: string
  /** Why less may be guaranteed than before; null: it may not. */
  readonly acceptedRegression: string | null
}

/** What becomes of a request to publish. */
export type Publication =
  | { readonly kind: 'publish'; readonly declaration: EvidencedDeclaration }
  /** The very same is published already. */
  | { readonly kind: 'published' }
  /** It would guarantee less than the version before, and no reason was given. */
  | { readonly kind: 'regressed'; readonly before: string; readonly regressions: readonly string[] }

/**
 * Checks a draft against the published versions of its agent, and seals it.
 *
 * @throws {ShakedownError} of kind `usage` for a draft that does not hold today, or does not follow on the newest
 * published version
 */
export function preparePublication(request: PublicationRequest): Publication {
  const { draft, place, published, acceptedRegression } = request
  const chain = chainsOf(published).get(draft.agent) ?? []
  const sameVersion = chain.find(({ declaration }) => declaration.version === draft.version)
  if (sameVersion !== undefined) {
    if (isDeepStrictEqual(draftOf(sameVersion.declaration), draftOf(draft))) return { kind: 'published' }
    throw usageError(
      'ALREADY_PUBLISHED',
      `${place}: version ${draft.version} of "${draft.agent}" is published as ${sameVersion.place} with another content, and stays as it is; give this one a newer version.`,
    )
  }
  requireToday(request)
  const newest = chain.at(-1)?.declaration
  requireSuccessor(request, newest)
  requireOwnName(request)
  const regressions = newest === undefined ? [] : regressionsOf(newest, draft)
  if (newest !== undefined && regressions.length > 0 && acceptedRegression === null) {
    return { kind: 'regressed', before: newest.version, regressions }
  }
  const content = {
    ...draftOf(draft),
    ...(regressions.length > 0 &&
      acceptedRegression !== null && { acceptedRegression: { reason: acceptedRegression, values: regressions } }),
  }
  return { kind: 'publish', declaration: { ...content, digest: digestOf(content) } }
}

function requireToday({ draft, place, today }: PublicationRequest): void {
  const validity = declarationValidity(draft, today)
  if (validity === 'valid') return
  const dates = validity === 'expired' ? `expired after ${draft.validUntil}` : `is not valid before ${draft.validFrom}`
  throw usageError(
    'NOT_VALID_TODAY',
    `${place}: version ${draft.version} of "${draft.agent}" ${dates}, and today is ${today}; draft it again from a run of today's agent.`,
  )
}

function requireSuccessor({ draft, place }: PublicationRequest, newest: EvidencedDeclaration | undefined): void {
  const { agent, version, supersedes } = draft
  if (supersedes !== (newest?.version ?? null)) {
    const known = newest === undefined ? 'none is published' : `${newest.version} is the newest that is published`
    throw usageError(
      'DECLARATION_CHAIN',
      `${place}: version ${version} of "${agent}" supersedes ${supersedes ?? 'none'}, and ${known}; let "supersedes" be ${newest === undefined ? 'null' : `"${newest.version}"`}.`,
    )
  }
  if (newest !== undefined && compareVersions(version, newest.version) <= 0) {
    throw usageError(
      'DECLARATION_CHAIN',
      `${place}: version ${version} of "${agent}" is not newer than ${newest.version}, which is published; give it a newer version.`,
    )
  }
}

/** Agents whose names differ in nothing that a file name shows would overwrite each other. */
function requireOwnName({ draft, place, published }: PublicationRequest): void {
  const name = publishedName(draft)
  const other = published.find(({ declaration }) => publishedName(declaration) === name)
  if (other === undefined) return
  throw usageError(
    'FILE_TAKEN',
    `${place}: version ${draft.version} of "${draft.agent}" would be ${name}, which is of "${other.declaration.agent}"; choose an agent name that differs in letters or digits.`,
  )
}
