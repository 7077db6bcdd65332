import type { Json, JsonObject } from '../contract/json.ts'

/** Who speaks in a part of a model request; `tool` for the results of tools. */
export type Speaker = 'system' | 'user' | 'model' | 'tool'

/** A text of a model request, with whose words it is. */
export interface SpokenText {
  readonly speaker: Speaker
  readonly text: string
}

/**
 * The texts of a model request in the order in which it has them, whatever the dialect; none for what is no request.
 *
 * Reads chat messages, items of OpenAI Responses, Anthropic and Bedrock messages and Gemini contents by the names that
 * they give to speakers, so that a new block type is read as words of whoever speaks.
 */
export function requestTexts(body: string): SpokenText[] {
  const request = parse(body)
  if (!isObject(request)) return []
  const { system, systemInstruction, system_instruction: snakeCase, instructions, messages, contents, input } = request
  const texts: SpokenText[] = []
  for (const part of [system, systemInstruction, snakeCase, instructions]) collect(part, 'system', texts)
  for (const part of [messages, contents, input]) collect(part, 'user', texts)
  return texts
}

/** Names under which a dialect hands results of tools to the model. */
const resultKeys: ReadonlySet<string> = new Set(['toolResult', 'functionResponse'])
const resultTypes: ReadonlySet<Json> = new Set(['tool_result', 'function_call_output'])
/** What the model itself asked for: its own words. */
const callKeys: ReadonlySet<string> = new Set(['tool_calls', 'functionCall', 'toolUse'])
const callTypes: ReadonlySet<Json> = new Set([
  'tool_use',
  'function_call',
  'reasoning',
  'thinking',
  'redacted_thinking',
])
/** Parts that say how something is said, and not what. */
const unspoken: ReadonlySet<string> = new Set(['role', 'type', 'id', 'tool_call_id', 'tool_use_id', 'call_id', 'name'])
const media: ReadonlySet<string> = new Set(['image_url', 'inlineData', 'inline_data', 'source', 'image', 'input_audio'])

function collect(part: Json | undefined, speaker: Speaker, into: SpokenText[]): void {
  if (typeof part === 'string') {
    if (part.trim() !== '') into.push({ speaker, text: part })
  } else if (Array.isArray(part)) {
    for (const each of part as readonly Json[]) collect(each, speaker, into)
  } else if (isObject(part)) {
    const own = speakerOf(part) ?? speaker
    for (const [key, value] of Object.entries(part)) {
      if (unspoken.has(key) || media.has(key)) continue
      // A result may be any JSON, whose keys are the tool's own.
      if (resultKeys.has(key)) into.push({ speaker: 'tool', text: JSON.stringify(value) })
      else collect(value, callKeys.has(key) ? 'model' : own, into)
    }
  }
}

function speakerOf({ role, type }: JsonObject): Speaker | null {
  if (type !== undefined && resultTypes.has(type)) return 'tool'
  if (type !== undefined && callTypes.has(type)) return 'model'
  switch (role) {
    case 'system':
    case 'developer':
      return 'system'
    case 'user':
      return 'user'
    case 'assistant':
    case 'model':
      return 'model'
    case 'tool':
    case 'function':
      return 'tool'
    default:
      return null
  }
}

function isObject(value: Json | undefined): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function parse(text: string): Json | undefined {
  try {
    return JSON.parse(text) as Json
  } catch {
    return undefined
  }
}
