import { z } from 'zod'
import { jsonObjectSchema } from '../../contract/json.ts'

const part = z.looseObject({
  text: z.string().optional(),
  functionCall: z
    .looseObject({ id: z.string().optional(), name: z.string(), args: jsonObjectSchema.optional() })
    .optional(),
  functionResponse: z
    .looseObject({ id: z.string().optional(), name: z.string(), response: jsonObjectSchema.optional() })
    .optional(),
})

const content = z.looseObject({
  role: z.enum(['user', 'model', 'function']).optional(),
  parts: z.array(part).default([]),
})

const tool = z.looseObject({ functionDeclarations: z.array(z.looseObject({ name: z.string() })).default([]) })

/**
 * The body of `models.generateContent`, as far as the simulated service reads it.
 *
 * Source of the shape: ai.google.dev/api/generate-content and /api/caching#Content (`Content`, `Part`, `Tool`).
 */
const requestSchema = z.looseObject({
  contents: z.array(content).min(1),
  systemInstruction: content.optional(),
  tools: z.array(tool).default([]),
  generationConfig: z.looseObject({ maxOutputTokens: z.int().positive().optional() }).optional(),
})

export type GenerateContentRequest = z.output<typeof requestSchema>
export type Content = GenerateContentRequest['contents'][number]
export type Part = Content['parts'][number]

/** What the path of a request says. */
export interface Method {
  readonly model: string
  readonly isStreamed: boolean
  /** Whether a stream comes as server-sent events; else it is one JSON array. */
  readonly isEventStream: boolean
}

/** A request that could be read, with what its path says. */
export interface ReadRequest extends Method {
  readonly body: GenerateContentRequest | null
}

const method = /\/(?:models|tunedModels)\/([^/:?]+):(generateContent|streamGenerateContent)$/

/** What a path asks for; null for a path of another method. */
export function methodOf(path: string): Method | null {
  const [bare = '', query = ''] = path.split('?', 2)
  const [, model, name] = method.exec(bare) ?? []
  if (model === undefined) return null
  const isStreamed = name === 'streamGenerateContent'
  const isEventStream = isStreamed && new URLSearchParams(query).get('alt') === 'sse'
  return { model: decodeURIComponent(model), isStreamed, isEventStream }
}

/** Reads a body; null where the service would not take it. */
export function readBody(text: string): GenerateContentRequest | null {
  try {
    const parsed = requestSchema.safeParse(withoutUnderscores(JSON.parse(text)))
    return parsed.success ? parsed.data : null
  } catch {
    return null
  }
}

const spellings: Readonly<Record<string, string>> = {
  system_instruction: 'systemInstruction',
  generation_config: 'generationConfig',
  max_output_tokens: 'maxOutputTokens',
  function_declarations: 'functionDeclarations',
  function_call: 'functionCall',
  function_response: 'functionResponse',
}

/** As every API of Google's, the service takes its fields in either spelling. What a tool is given stays as it is. */
function withoutUnderscores(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutUnderscores)
  if (typeof value !== 'object' || value === null) return value
  const isData = (name: string): boolean => name === 'args' || name === 'response'
  return Object.fromEntries(
    Object.entries(value).map(([name, inner]: [string, unknown]) => [
      spellings[name] ?? name,
      isData(name) ? inner : withoutUnderscores(inner),
    ]),
  )
}
