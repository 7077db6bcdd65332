import { closeSync, openSync, readSync, writeSync } from 'node:fs'
import type { FileState, StoreFile } from '../../wire/stores/store-file.ts'

/** Where the damage is: in the first bytes, by which SQLite knows its files, or in every page but the first. */
export const damages = ['header', 'pages'] as const

/** The number in the header by which connections see that the file has changed, and drop what they remember of it. */
const changeCounterAt = 24
const pageSizeAt = 16
const magicBytes = 16

/**
 * Overwrites bytes of a store's file, for good; null where there is nothing to overwrite yet.
 *
 * What stands in a write-ahead log is brought into the file before: it would be read in the place of the damage.
 * Source: https://www.sqlite.org/fileformat2.html
 */
export function damage({ path, openAnother }: StoreFile, form: (typeof damages)[number]): FileState | null {
  const another = openAnother()
  try {
    another.query('PRAGMA wal_checkpoint(TRUNCATE)')
  } finally {
    another.close()
  }
  const isDone = overwrite(path, form)
  // The file stays as it is: what reads it later fails as well.
  return isDone ? { leave: () => true } : null
}

function overwrite(path: string, form: (typeof damages)[number]): boolean {
  const file = openSync(path, 'r+')
  try {
    const header = Buffer.alloc(100)
    if (readSync(file, header, 0, header.length, 0) < header.length) return false
    const pageBytes = header.readUInt16BE(pageSizeAt)
    const page = Buffer.alloc(pageBytes, 0xff)
    if (form === 'header') header.write('not a database!!', 0, magicBytes, 'latin1')
    else if (!overwritePages(file, page)) return false
    header.writeUInt32BE((header.readUInt32BE(changeCounterAt) + 1) >>> 0, changeCounterAt)
    writeSync(file, header, 0, header.length, 0)
    return true
  } finally {
    closeSync(file)
  }
}

function overwritePages(file: number, page: Buffer): boolean {
  const before = Buffer.alloc(page.length)
  let at = page.length
  while (readSync(file, before, 0, before.length, at) > 0) {
    writeSync(file, page, 0, page.length, at)
    at += page.length
  }
  return at > page.length
}
