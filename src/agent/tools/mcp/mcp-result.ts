import { z } from 'zod'

const resourceSchema = z.object({
  uri: z.string(),
  mimeType: z.string().optional(),
  text: z.string().optional(),
  blob: z.string().optional(),
})

const blockSchema = z.discriminatedUnion('type', [
  z.object({ type: z.literal('text'), text: z.string() }),
  z.object({ type: z.enum(['image', 'audio']), mimeType: z.string(), data: z.string() }),
  z.object({ type: z.literal('resource'), resource: resourceSchema }),
  z.object({ type: z.literal('resource_link'), uri: z.string(), name: z.string() }),
])

const resultSchema = z.object({
  content: z.array(z.unknown()).default([]),
  structuredContent: z.unknown().optional(),
  isError: z.boolean().default(false),
})

/** What a server answered to a call, as text for the model. */
export interface McpAnswer {
  readonly text: string
  /** The tool says that it could not do it. */
  readonly isError: boolean
}

/**
 * Reads the answer to a call: its texts, in words what is no text, and its data where it has nothing else.
 *
 * @throws {Error} where it is no answer
 */
export function readMcpResult(result: unknown): McpAnswer {
  const parsed = resultSchema.safeParse(result)
  if (!parsed.success) throw new Error('the MCP server answered with something that is no result')
  const { content, structuredContent, isError } = parsed.data
  const isData = content.length === 0 && structuredContent !== undefined
  return { text: isData ? JSON.stringify(structuredContent) : content.map(blockText).join('\n'), isError }
}

function blockText(value: unknown): string {
  const parsed = blockSchema.safeParse(value)
  if (!parsed.success) return '[content of an unknown kind, which cannot be shown]'
  const block = parsed.data
  if (block.type === 'text') return block.text
  if (block.type === 'resource_link') return `[the resource ${block.name}: ${block.uri}]`
  if (block.type !== 'resource')
    return `[${block.type} of the kind ${block.mimeType}, ${sizeOf(block.data)}, not shown]`
  const { uri, mimeType = 'unknown', text, blob = '' } = block.resource
  return text === undefined
    ? `[the resource ${uri} of the kind ${mimeType}, ${sizeOf(blob)}, not shown]`
    : `[the resource ${uri}]\n${text}`
}

function sizeOf(base64: string): string {
  return `${Buffer.byteLength(base64, 'base64')} bytes`
}
