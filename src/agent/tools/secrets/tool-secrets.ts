import { NotExecutedError } from '../../errors/not-executed-error.ts'
import { resultText } from '../result-limit.ts'
import { leastSecretLength, redacted } from './redaction.ts'
import { redactedError } from './redacted-error.ts'

/** A secret, or where it comes from: asked before each attempt, so that a key may be rotated. */
export type SecretSource = string | (() => string | Promise<string>)

/** By the name under which a tool gets it. */
export type SecretSources<Name extends string> = Readonly<Record<Name, SecretSource>>

/** The secrets of one tool: it gets their values, and nobody gets them from it. */
export class ToolSecrets<Name extends string> {
  readonly #sources: readonly (readonly [Name, SecretSource])[]
  /** All values that the tool was given: a back end may well quote an old one. */
  readonly #given = new Set<string>()

  /** @throws {TypeError} one sentence without the value, where a secret is none */
  constructor(tool: string, sources: SecretSources<Name>) {
    this.#sources = Object.entries<SecretSource>(sources) as [Name, SecretSource][]
    for (const [name, source] of this.#sources) {
      if (typeof source === 'function' || isSecret(source)) continue
      throw new TypeError(`The tool "${tool}" cannot be made: the secret "${name}" is not ${asItMustBe}.`)
    }
  }

  /**
   * Runs something with the secrets.
   *
   * @returns what it gave as text for the model, without them
   * @throws what it threw, without them
   * @throws {NotExecutedError} where one cannot be had, or the call was given up meanwhile: then it was not run
   */
  async use(signal: AbortSignal, run: (secrets: Readonly<Record<Name, string>>) => Promise<unknown>): Promise<string> {
    const values = await this.#values()
    if (signal.aborted) throw new NotExecutedError('the call was given up before its secrets were there')
    for (const value of Object.values<string>(values)) this.#given.add(value)
    const given = [...this.#given]
    try {
      return redacted(resultText(await run(values)), given)
    } catch (error) {
      throw redactedError(error, given)
    }
  }

  async #values(): Promise<Readonly<Record<Name, string>>> {
    const entries = this.#sources.map(async ([name, source]) => [name, await valueOf(name, source)] as const)
    return Object.fromEntries(await Promise.all(entries)) as Record<Name, string>
  }
}

/** What its source says of a failure is not repeated: it may hold what could not be given. */
async function valueOf(name: string, source: SecretSource): Promise<string> {
  if (typeof source === 'string') return source
  let value: unknown
  try {
    value = await source()
  } catch {
    throw new NotExecutedError(`its secret "${name}" cannot be had`)
  }
  if (isSecret(value)) return value
  throw new NotExecutedError(`its secret "${name}" is not ${asItMustBe}`)
}

function isSecret(value: unknown): value is string {
  return typeof value === 'string' && value.trim().length >= leastSecretLength
}

const asItMustBe = `a text of at least ${leastSecretLength} characters`
