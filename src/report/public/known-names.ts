import { upstreamKinds } from '../../contract/upstream-kind.ts'
import { upstreamNoun } from '../upstream-noun.ts'

/** What a document tells of the names in it. */
export interface KnownNames {
  /** What an upstream is to the agent, in words, by its name: the first that is said of it. */
  readonly kinds: ReadonlyMap<string, string>
  /** Ids of tasks. */
  readonly tasks: ReadonlySet<string>
}

const kindWords: ReadonlyMap<unknown, string> = new Map(upstreamKinds.map((kind) => [kind, upstreamNoun(kind)]))

/** Gathers upstreams from the targets of faults, and tasks from their counts, wherever they stand. */
export function knownNamesIn(document: unknown): KnownNames {
  const kinds = new Map<string, string>()
  const tasks = new Set<string>()
  const visit = (value: unknown): void => {
    if (typeof value !== 'object' || value === null) return
    if ('byTask' in value && typeof value.byTask === 'object')
      for (const id of Object.keys(value.byTask ?? {})) tasks.add(id)
    if ('target' in value) noteTarget(value.target, kinds)
    for (const each of Object.values(value)) visit(each)
  }
  visit(document)
  return { kinds, tasks }
}

function noteTarget(target: unknown, kinds: Map<string, string>): void {
  if (typeof target !== 'object' || target === null || !('kind' in target && 'name' in target)) return
  const kind = kindWords.get(target.kind)
  if (kind !== undefined && typeof target.name === 'string' && !kinds.has(target.name)) kinds.set(target.name, kind)
}
