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

/**
 * The work that is kept under a key; none where nothing is, or nothing that can be read.
 *
 * A line that is not what was written counts as not kept.
 */
export function readCached(folder: string, key: string): KeptWork[] {
  return textOf(join(folder, `${key}${ending}`))
    .split('\n')
    .map((line) => asKeptWork(checkedValue(line)))
    .filter((work) => work !== null)
}

function textOf(place: string): string {
  try {
    const text = readFileSync(place, 'utf8')
    markUsed(place)
    return text
  } catch {
    // Not there, removed by another run at this moment, or no file: all of it can be done without.
    return ''
  }
}

/** What was used last is removed last. */
function markUsed(place: string): void {
  const now = realClock.now() / 1000
  try {
    utimesSync(place, now, now)
  } catch {
    // A cache that may only be read is read all the same, and nobody removes anything from it.
  }
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
