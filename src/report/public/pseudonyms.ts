import type { KnownNames } from './known-names.ts'
import type { KeptName } from '../../results/edition-schema.ts'

/** What a name is of, as readers call it. */
type Noun =
  | 'agent'
  | 'scenario'
  | 'condition'
  | 'task'
  | 'kind of task'
  | 'property'
  | 'fault'
  | 'family'
  | 'owner'
  | 'reason'
  | 'end'
  | 'thing'
  | 'baseline'
  | 'cell'
  | 'count'

const keptAs: Readonly<Record<string, KeptName>> = { agent: 'agents', scenario: 'scenarios', condition: 'conditions' }

/**
 * Names by number: `task 1`, the same for the same name all over one document, in the order in which they turn up.
 *
 * The numbers tell nothing of the names but which are the same.
 */
export class Pseudonyms {
  readonly #kept: ReadonlySet<KeptName>
  readonly #kinds: KnownNames['kinds']
  readonly #tasks: KnownNames['tasks']
  readonly #given = new Map<string, Map<string, string>>()

  /**
   * @param kept kinds of names that stay as they are
   * @param known what the results tell of the names in them
   */
  constructor(kept: readonly KeptName[], { kinds, tasks }: KnownNames) {
    this.#kept = new Set(kept)
    this.#kinds = kinds
    this.#tasks = tasks
  }

  of(noun: Noun, name: string): string {
    const kind = keptAs[noun]
    return kind !== undefined && this.#kept.has(kind) ? name : this.#numbered(noun, name)
  }

  /** An upstream by what it is to the agent: `model 1`, `tool 2`; `*` speaks of all of a kind and names none. */
  ofUpstream(name: string): string {
    if (name === '*' || this.#kept.has('upstreams')) return name
    return this.#numbered(this.#kinds.get(name) ?? 'upstream', name)
  }

  /** A stratum is called by its task where it has no name of its own. */
  ofStratum(name: string): string {
    return this.#numbered(this.#tasks.has(name) ? 'task' : 'kind of task', name)
  }

  #numbered(noun: string, name: string): string {
    const known = this.#given.get(noun) ?? new Map<string, string>()
    this.#given.set(noun, known)
    const pseudonym = known.get(name) ?? `${noun} ${known.size + 1}`
    known.set(name, pseudonym)
    return pseudonym
  }
}
