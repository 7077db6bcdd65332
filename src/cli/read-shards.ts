import { existsSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { usageError } from '../contract/errors.ts'
import type { PlacedShard } from '../runner/shards/merge-shards.ts'
import { readShard, shardFile } from '../runner/shards/shard-schema.ts'

/**
 * Reads the shards that somebody names.
 *
 * @param places files, or folders that hold a shard.json
 * @throws {ShakedownError} of kind `usage` for a place without one, or a file that is none
 */
export function readShards(places: readonly string[]): PlacedShard[] {
  return places.map((given) => {
    const place = existsSync(given) && statSync(given).isDirectory() ? join(given, shardFile) : given
    if (!existsSync(place)) {
      throw usageError(
        'NO_SHARD',
        `there is no file ${place}; give the folders that \`shakedown run --shard\` wrote to, or their ${shardFile}.`,
      )
    }
    return { place, shard: readShard(readFileSync(place, 'utf8'), place) }
  })
}
