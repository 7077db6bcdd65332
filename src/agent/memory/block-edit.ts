import type { BlockRecord } from '../store/records/memory-records.ts'
import { MemoryError } from './memory-error.ts'

/** A change of one block's value. */
export type BlockEdit = (block: BlockRecord) => string

/** Adds a text as a line of its own. */
export function appended(text: string): BlockEdit {
  return ({ value }) => (value === '' ? text : `${value}\n${text}`)
}

/**
 * Puts one text in the place of another, which the block must hold exactly once: a guess would change what nobody
 * meant. An empty new text takes the old one out.
 */
export function replaced(oldText: string, newText: string): BlockEdit {
  return ({ label, value }) => {
    const at = oldText === '' ? -1 : value.indexOf(oldText)
    if (at < 0) throw new MemoryError('no_match', `the block "${label}" does not hold that text; copy it exactly`)
    if (value.includes(oldText, at + 1)) {
      throw new MemoryError('ambiguous_match', `the block "${label}" holds that text more than once; give more of it`)
    }
    return value.slice(0, at) + newText + value.slice(at + oldText.length)
  }
}

/**
 * The value after an edit.
 *
 * @throws {MemoryError} where the block may not be changed so; it stays as it is, since a text cut short says another
 */
export function editedValue(block: BlockRecord, edit: BlockEdit): string {
  const { label, limitChars, isReadOnly } = block
  if (isReadOnly) throw new MemoryError('read_only', `the block "${label}" is read-only`)
  const value = edit(block)
  if (value.length > limitChars) {
    const excess = value.length - limitChars
    const remedy = 'replace something with less, or keep it in archival memory'
    throw new MemoryError(
      'over_limit',
      `the block "${label}" would be ${excess} characters over its ${limitChars}; ${remedy}`,
    )
  }
  if (isReserved(value)) {
    throw new MemoryError('reserved_text', `the block "${label}" may not hold the tags that blocks are written in`)
  }
  return value
}

/** Whether a text could pass for the end of a block, or for another one. */
export function isReserved(text: string): boolean {
  return /<\/?memory/i.test(text)
}
