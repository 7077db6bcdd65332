import type { BlockRecord } from '../store/records/memory-records.ts'

/** How much can be searched. */
export interface MemoryCounts {
  /** Earlier messages that are no longer shown. */
  readonly recall: number
  /** Passages of archival memory. */
  readonly archival: number
}

/** The memory part of a system prompt; equal memory is equal text, so that a provider's cache holds it. */
export function memoryText(blocks: readonly BlockRecord[], { recall, archival }: MemoryCounts): string {
  return [
    '<memory>',
    ...blocks.map(blockText),
    `Not shown: ${counted(recall, 'earlier message')}, ${counted(archival, 'passage')} of archival memory.`,
    '</memory>',
  ].join('\n')
}

/** What stands there while the store cannot be read: an agent must not take it for having no memory. */
export const unreadableMemory = [
  '<memory>',
  'The memory cannot be read at the moment: what is known of earlier is not shown here.',
  '</memory>',
].join('\n')

function blockText({ label, value, description, limitChars, isReadOnly }: BlockRecord): string {
  const size = `characters="${value.length}/${limitChars}"`
  const about = description === '' ? '' : ` about=${quoted(description)}`
  const head = `<memory_block label=${quoted(label)}${about} ${size}${isReadOnly ? ' read-only' : ''}>`
  return [head, ...(value === '' ? [] : [inert(value)]), '</memory_block>'].join('\n')
}

/** What got into a store by another way must not pass for the end of its block. */
function inert(value: string): string {
  return value.replace(/<(?=\/?memory)/gi, '&lt;')
}

function quoted(text: string): string {
  return JSON.stringify(text)
}

function counted(count: number, what: string): string {
  return `${count} ${what}${count === 1 ? '' : 's'}`
}
