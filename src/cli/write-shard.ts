import { join } from 'node:path'
import { publishReport } from '../report/publish-report.ts'
import { quantity } from '../results/quantity.ts'
import type { Shard } from '../runner/shards/shard-schema.ts'
import { shardFile } from '../runner/shards/shard-schema.ts'

/** Writes what one part of a run came to; nothing is judged before the merge. */
export function writeShard(folder: string, shard: Shard): void {
  publishReport(folder, { [shardFile]: `${JSON.stringify(shard)}\n` })
  const blocks = shard.work.filter((work) => (work.job === 'block' || work.job === 'measure') && 'reply' in work)
  process.stdout.write(
    `Shard ${shard.index} of ${shard.of}: ${quantity(blocks.length, 'block')}, judged by \`shakedown merge\`.\nShard: ${join(folder, shardFile)}\n`,
  )
}
