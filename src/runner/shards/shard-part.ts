import { keyedUint32 } from '../../simulation/keyed-hash.ts'

/** One of the parts that a run is cut into. */
export interface ShardPart {
  /** From 1. */
  readonly index: number
  readonly of: number
}

/** The part as it is written on the command line. */
export function shardText({ index, of }: ShardPart): string {
  return `${index}/${of}`
}

/**
 * Whether a block is in a part.
 *
 * Blocks of one kind are dealt out in turns. Each kind begins with another part, so that scenarios with a single block do
 * not all come to the first.
 *
 * @param kind what the blocks are of, e.g. the scenario file and the name of a condition
 */
export function isInPart({ index, of }: ShardPart, kind: readonly string[], block: number): boolean {
  const first = keyedUint32('shard', ...kind) % of
  return (first + block) % of === index - 1
}
