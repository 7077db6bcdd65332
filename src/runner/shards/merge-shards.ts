import { harnessError, usageError } from '../../contract/errors.ts'
import { type KeptWork, workKey } from '../kept-work/kept-work.ts'
import { identityDifference } from '../kept-work/run-identity.ts'
import { canonicalJson } from '../../scenario/canonical-json.ts'
import type { Shard } from './shard-schema.ts'

/** A shard with the place that it was read from. */
export interface PlacedShard {
  readonly place: string
  readonly shard: Shard
}

/** What all shards of a run bring. */
export type MergedShards = Pick<Shard, 'run' | 'isWhole' | 'today'> & { readonly work: readonly KeptWork[] }

/**
 * Puts the shards of one run together.
 *
 * @throws {ShakedownError} of kind `usage` for a shard that is missing, there twice, or of another run
 */
export function mergeShards(shards: readonly PlacedShard[]): MergedShards {
  const [first, ...others] = shards
  if (first === undefined) throw usageError('NO_SHARDS', 'there is no shard to merge; give the folders of all shards.')
  for (const other of others) requireSameRun(first, other)
  requireEachOnce(shards, first.shard.of)
  const { run, isWhole } = first.shard
  const days = shards.map(({ shard }) => shard.today).toSorted()
  return { run, isWhole, today: days.at(-1) ?? first.shard.today, work: mergeWork(shards) }
}

function requireSameRun(one: PlacedShard, other: PlacedShard): void {
  const { of } = one.shard
  const difference =
    of === other.shard.of
      ? (identityDifference(one.shard.run, other.shard.run) ??
        (one.shard.isWhole === other.shard.isWhole ? null : 'which scenarios were asked for'))
      : `the number of shards (${of} and ${other.shard.of})`
  if (difference === null) return
  throw usageError(
    'FOREIGN_SHARD',
    `${one.place} and ${other.place} are of different runs: ${difference} differs; merge shards of one run.`,
  )
}

function requireEachOnce(shards: readonly PlacedShard[], of: number): void {
  for (let index = 1; index <= of; index++) {
    const [place, twice] = shards.filter(({ shard }) => shard.index === index).map((one) => one.place)
    if (place === undefined) {
      throw usageError(
        'MISSING_SHARD',
        `shard ${index} of ${of} is missing; run it with --shard ${index}/${of} and merge again with all of them.`,
      )
    }
    if (twice !== undefined) {
      throw usageError(
        'DOUBLED_SHARD',
        `shard ${index} of ${of} is there twice, as ${place} and as ${twice}; leave one of them out.`,
      )
    }
  }
}

/** The run without faults is in every shard, and must be the same in each; a block is in one. */
function mergeWork(shards: readonly PlacedShard[]): KeptWork[] {
  const merged = new Map<string, { readonly work: KeptWork; readonly place: string }>()
  for (const { shard, place } of shards) {
    for (const work of shard.work) {
      const key = workKey(work)
      const earlier = merged.get(key)
      if (earlier !== undefined && !(work.job === 'fault-free' && isSame(earlier.work, work))) {
        throw disagreement(work, earlier.place, place)
      }
      merged.set(key, earlier ?? { work, place })
    }
  }
  return [...merged.values()].map(({ work }) => work)
}

function isSame(one: KeptWork, other: KeptWork): boolean {
  return canonicalJson(one) === canonicalJson(other)
}

function disagreement({ job, of }: KeptWork, one: string, other: string): Error {
  if (job !== 'fault-free') {
    return usageError(
      'DOUBLED_BLOCK',
      `${one} and ${other} both bring the same block of ${of.file}, which is in one shard alone; run both shards again.`,
    )
  }
  return harnessError(
    'SHARDS_DISAGREE',
    `${one} and ${other} saw different runs of ${of.file} without faults: the agent reads something of the machine; find it in docs/virtual-world.md and give it to the agent from outside.`,
  )
}
