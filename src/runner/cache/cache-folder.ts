import {
  existsSync,
  mkdirSync,
  readFileSync,
  readdirSync,
  renameSync,
  rmSync,
  statSync,
  utimesSync,
  writeFileSync,
} from 'node:fs'
import { join } from 'node:path'
import process from 'node:process'
import { realClock } from '../../simulation/real-clock.ts'
import { checkedLine, checkedValue } from '../kept-work/checked-line.ts'
import { type KeptWork, asKeptWork } from '../kept-work/kept-work.ts'

const ending = '.jsonl'

/** The work that is kept under a key; none where nothing is. A line that is not what was written counts as not kept. */
export function readCached(folder: string, key: string): KeptWork[] {
  const place = join(folder, `${key}${ending}`)
  if (!existsSync(place)) return []
  const now = realClock.now() / 1000
  utimesSync(place, now, now)
  return readFileSync(place, 'utf8')
    .split('\n')
    .map((line) => asKeptWork(checkedValue(line)))
    .filter((work) => work !== null)
}

/** Keeps work under a key, whole or not at all: another run may read it, or write the same, at this moment. */
export function writeCached(folder: string, key: string, works: readonly KeptWork[]): void {
  mkdirSync(folder, { recursive: true })
  const place = join(folder, `${key}${ending}`)
  const draft = `${place}.${process.pid}.tmp`
  try {
    writeFileSync(draft, works.map(checkedLine).join(''))
    renameSync(draft, place)
  } finally {
    rmSync(draft, { force: true })
  }
}

/**
 * Removes what was not used for longest, until the rest takes no more than it may.
 *
 * @param mostBytes of all that is kept
 */
export function pruneCache(folder: string, mostBytes: number): void {
  if (!existsSync(folder)) return
  const entries = readdirSync(folder)
    .filter((name) => name.endsWith(ending))
    .map((name) => ({ path: join(folder, name), ...sizeAndUse(join(folder, name)) }))
    .toSorted((one, other) => other.usedMs - one.usedMs)
  let bytes = 0
  for (const { path, size } of entries) {
    bytes += size
    if (bytes > mostBytes) rmSync(path, { force: true })
  }
}

function sizeAndUse(path: string): { readonly size: number; readonly usedMs: number } {
  const { size, mtimeMs } = statSync(path)
  return { size, usedMs: mtimeMs }
}
