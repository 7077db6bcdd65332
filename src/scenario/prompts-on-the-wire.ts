import type { TraceEvent } from '../contract/event.ts'
import { canonicalJson } from './canonical-json.ts'

/** What an agent tells its models besides the conversation. */
export interface Prompts {
  /** System prompts as sent, each once. */
  readonly system: ReadonlySet<string>
  /** Definitions of offered tools as sent, by name; a tool that is offered in several forms has several. */
  readonly tools: ReadonlyMap<string, ReadonlySet<string>>
}

type Fields = Readonly<Record<string, unknown>>

/**
 * Reads system prompts and tool definitions out of the model requests of a trace, in every dialect.
 *
 * The dialects differ in where these stand and not in what they are, so the places of all of them are looked at.
 */
export function promptsOnTheWire(events: readonly TraceEvent[]): Prompts {
  const system = new Set<string>()
  const tools = new Map<string, Set<string>>()
  for (const event of events) {
    if (event.type !== 'request.sent' || event.kind !== 'model') continue
    const request = fieldsOf(parsed(event.body))
    for (const prompt of systemPrompts(request)) system.add(canonicalJson(prompt))
    for (const tool of offeredTools(request)) {
      const forms = tools.get(nameOf(tool)) ?? new Set()
      tools.set(nameOf(tool), forms.add(canonicalJson(tool)))
    }
  }
  return { system, tools }
}

function systemPrompts(request: Fields): unknown[] {
  const fields = ['system', 'instructions', 'systemInstruction', 'system_instruction'].map((name) => request[name])
  const messages = [...listOf(request['messages']), ...listOf(request['input'])]
  const spoken = messages.map(fieldsOf).filter(({ role }) => role === 'system' || role === 'developer')
  return [...fields, ...spoken.map(({ content }) => content)].filter(
    (prompt) => prompt !== undefined && prompt !== null,
  )
}

/** Chat completions wrap a tool in `function`, Gemini lists them under `functionDeclarations`, Bedrock in `toolConfig`. */
function offeredTools(request: Fields): Fields[] {
  const given = [...listOf(request['tools']), ...listOf(fieldsOf(request['toolConfig'])['tools'])].map(fieldsOf)
  return given.flatMap((tool) => {
    const declared = listOf(tool['functionDeclarations'] ?? tool['function_declarations'])
    if (declared.length > 0) return declared.map(fieldsOf)
    const inner = tool['function'] ?? tool['toolSpec']
    return [inner === undefined ? tool : fieldsOf(inner)]
  })
}

/** A tool of the provider's own may have a type and no name. */
function nameOf({ name, type }: Fields): string {
  return typeof name === 'string' ? name : String(type)
}

function parsed(body: string): unknown {
  try {
    return JSON.parse(body)
  } catch {
    return null
  }
}

function fieldsOf(value: unknown): Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? { ...value } : {}
}

function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : []
}
