import type { Edition, KeptName } from '../../results/edition-schema.ts'

/** What an edition says of itself, on the first screen. */
export interface EditionWords {
  readonly title: string
  /** Whole sentences. */
  readonly leftOut: string
  readonly check: string
  /** SHA-256 of the full results. */
  readonly hash: string
}

const names: readonly (readonly [KeptName | null, string])[] = [
  ['agents', 'agents'],
  ['scenarios', 'scenarios'],
  ['conditions', 'conditions'],
  ['upstreams', 'models, tools and other upstreams'],
  [null, 'tasks'],
  [null, 'owners'],
  [null, "properties and faults of the author's own"],
]

/** What was done to the results, so that nobody takes an edition for the whole. */
export function editionWords({ full, kept }: Edition): EditionWords {
  const replaced = names.filter(([name]) => name === null || !kept.includes(name)).map(([, words]) => words)
  return {
    title: 'Public edition',
    leftOut: `Numbers stand for the names of ${listed(replaced)}. Left out: prompts, transcripts and timelines, whatever witnesses, graders, claims and reasons say or quote, parameters of faults, prices and costs, replay lines, and where the run took place. Verdicts, declarations, objectives, intervals and counts are those of the full results.`,
    check: 'SHA-256 of the full results.json, by which anybody who is given it can check this edition:',
    hash: full,
  }
}

function listed(words: readonly string[]): string {
  return `${words.slice(0, -1).join(', ')} and ${words.at(-1)}`
}
