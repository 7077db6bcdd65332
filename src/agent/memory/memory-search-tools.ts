import { z } from 'zod'
import { defineTool } from '../tools/tool.ts'
import type { Tool } from '../tools/tool.ts'
import type { AgentMemory } from './agent-memory.ts'

const page = {
  offset: z.int().min(0).default(0).describe('where to start; next_offset of the page before'),
  limit: z.int().min(1).max(50).default(10),
}
const moment = z.union([z.iso.date(), z.iso.datetime({ offset: true })])
const dayMs = 86_400_000

/** The tools by which a model searches what it does not see. */
export function memorySearchTools(memory: AgentMemory): Tool[] {
  return [
    defineTool({
      name: 'recall_search',
      description:
        'Searches what user and assistant said earlier, by words, by time, or both. By words: those with most of them first; else the newest first.',
      parameters: z.object({
        text: z.string().min(1).optional(),
        from: moment.optional().describe('a date or time; included'),
        to: moment.optional().describe('a date, included to its end in UTC, or a time'),
        ...page,
      }),
      effectful: false,
      // A search has pages of its own; cut anywhere else, it would hide where the next one starts.
      resultLimitChars: null,
      async execute({ text, from, to, offset, limit }, { signal }) {
        const fromMs = from === undefined ? undefined : Date.parse(from)
        const beforeMs = to === undefined ? undefined : endOf(to)
        const query = { text, fromMs, beforeMs, offset, limit }
        const { found, total, nextOffset } = await memory.recall(query, { signal })
        const messages = found.map(({ role, text: said, atMs }) => ({ at: isoOf(atMs), role, text: said }))
        return { messages, total, next_offset: nextOffset }
      },
    }),
    defineTool({
      name: 'archival_search',
      description: 'Searches archival memory by words; passages with most of them come first.',
      parameters: z.object({ text: z.string().min(1), ...page }),
      effectful: false,
      resultLimitChars: null,
      async execute(query, { signal }) {
        const { found, total, nextOffset } = await memory.searchArchive(query, { signal })
        const passages = found.map(({ text, createdAtMs }) => ({ at: isoOf(createdAtMs), text }))
        return { passages, total, next_offset: nextOffset }
      },
    }),
  ]
}

/** A date means its whole day. */
function endOf(to: string): number {
  return Date.parse(to) + (to.includes('T') ? 1 : dayMs)
}

function isoOf(ms: number): string {
  return new Date(ms).toISOString()
}
