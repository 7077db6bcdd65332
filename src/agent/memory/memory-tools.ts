import { z } from 'zod'
import { defineTool } from '../tools/tool.ts'
import type { Tool } from '../tools/tool.ts'
import type { AgentMemory } from './agent-memory.ts'
import { appended, replaced } from './block-edit.ts'
import type { BlockEdit } from './block-edit.ts'
import { memorySearchTools } from './memory-search-tools.ts'
import type { BlockRecord } from '../store/records/memory-records.ts'

/** The most characters of one passage. */
const passageChars = 8_000

/** The tools by which a model changes and searches its memory. */
export function memoryTools(memory: AgentMemory): Tool[] {
  return [...memoryEditTools(memory), ...memorySearchTools(memory)]
}

function memoryEditTools(memory: AgentMemory): Tool[] {
  const edit = async (label: string, change: BlockEdit, signal: AbortSignal): Promise<string> =>
    inWords(await memory.edit(label, change, { signal }))
  return [
    defineTool({
      name: 'core_memory_append',
      description: 'Adds a line to a block of core memory.',
      parameters: z.object({ label: z.string(), text: z.string().min(1) }),
      effectful: true,
      execute: ({ label, text }, { signal }) => edit(label, appended(text), signal),
    }),
    defineTool({
      name: 'core_memory_replace',
      description:
        'Replaces a text in a block of core memory. The old text must stand there exactly once; an empty new text takes it out.',
      parameters: z.object({ label: z.string(), old_text: z.string().min(1), new_text: z.string() }),
      effectful: true,
      execute: ({ label, old_text, new_text }, { signal }) => edit(label, replaced(old_text, new_text), signal),
    }),
    defineTool({
      name: 'archival_insert',
      description: 'Keeps a text in archival memory, where archival_search finds it.',
      parameters: z.object({ text: z.string().min(1).max(passageChars) }),
      effectful: true,
      honoursIdempotencyKey: true,
      async execute({ text }, { signal, idempotencyKey }) {
        await memory.archive(idempotencyKey ?? crypto.randomUUID(), text, { signal })
        return 'It is kept.'
      },
    }),
  ]
}

function inWords({ label, value, limitChars }: BlockRecord): string {
  return `The block "${label}" is changed; it holds ${value.length} of ${limitChars} characters.`
}
