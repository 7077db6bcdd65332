import * as fc from 'fast-check'
import { z } from 'zod'
import type { JsonObject } from '../../contract/json.ts'
import { jsonObjectSchema } from '../../contract/json.ts'
import type { ModelReplyView, ToolCall } from '../../contract/event.ts'
import type { UpstreamCall } from '../../wire/interference.ts'
import type { AnyMember, Effect } from '../catalogue-member.ts'
import { asScripted, firstHalf, sayingAnew } from './saying-anew.ts'
import { wrongReply } from './wrong-reply.ts'

const none = z.strictObject({})
const names = ['invented', 'near_miss', 'wrong_case', 'prefixed'] as const
const spoilings = ['cut', 'trailing_text', 'single_quotes', 'empty', 'null', 'double_encoded'] as const
const violations = ['missing', 'wrong_type', 'extra'] as const
const identities = ['same', 'empty', 'reused'] as const

/** Tool calls of a model that no tool should be called by. A reply without tool calls is not struck. */
export const wrongToolCallMembers: readonly AnyMember[] = [
  wrongReply({
    id: 'tool.unknown',
    summary: 'the model asks for a tool that it was not offered: invented, misspelt, in capitals or with a prefix',
    source: 'LLMock ToolFault; field reports of the prefix functions.',
    parameters: z.strictObject({ name: z.enum(names).default('invented').describe('how the name is wrong') }),
    arbitrary: fc.record({ name: fc.constantFrom(...names) }),
    strike: (call, { name }) => changingFirst(call, (one) => ({ ...one, name: misnamed[name](one.name) })),
  }),
  wrongReply({
    id: 'tool.badjson',
    summary: 'the arguments of a tool call are no JSON object',
    source: 'LLMock; field reports of single quotes, trailing text and arguments encoded twice',
    parameters: z.strictObject({ form: z.enum(spoilings).default('cut').describe('what the arguments are') }),
    arbitrary: fc.record({ form: fc.constantFrom(...spoilings) }),
    strike: (call, { form }) => changingFirst(call, (one) => ({ ...one, arguments: spoilt[form](one.arguments) })),
  }),
  wrongReply({
    id: 'tool.schema',
    summary: 'the arguments are JSON against the schema: a field is missing, of the wrong type, or one too many',
    source: 'agentbreak schema_violation',
    parameters: z.strictObject({ form: z.enum(violations).default('missing').describe('how the schema is violated') }),
    arbitrary: fc.record({ form: fc.constantFrom(...violations) }),
    strike: (call, { form }) =>
      changingFirst(call, (one) => {
        const args = violating[form](parse(one.arguments))
        return args && { ...one, arguments: JSON.stringify(args) }
      }),
  }),
  wrongReply({
    id: 'tool.dup_id',
    summary: 'two tool calls of a reply have one id, or a call has an empty one, or one of an earlier turn',
    source: 'our own, after reports of providers that number their calls anew in each reply',
    parameters: z.strictObject({ form: z.enum(identities).default('same').describe('which identity') }),
    arbitrary: fc.record({ form: fc.constantFrom(...identities) }),
    strike: (call, { form }) =>
      sayingAnew(call, (said) => {
        const [first, ...others] = said.toolCalls
        if (first === undefined) return null
        if (form === 'same') return { ...asScripted(said), toolCalls: [first, { ...first }, ...others] }
        const id = form === 'empty' ? '' : call.view.model?.toolCalls.at(-1)?.id
        return id === undefined ? null : { ...asScripted(said), toolCalls: [{ ...first, id }, ...others] }
      }),
  }),
  wrongReply({
    id: 'tool.flood',
    summary: 'the model asks for the same call so many times at once',
    source: 'agentbreak loops',
    parameters: z.strictObject({ calls: z.int().min(2).max(1_000).default(50).describe('calls at once') }),
    arbitrary: fc.record({ calls: fc.constantFrom(2, 10, 50) }),
    strike: (call, { calls }) =>
      sayingAnew(call, (said) => {
        const first = said.toolCalls[0]
        if (first === undefined) return null
        const { name, arguments: args } = first
        return { ...asScripted(said), toolCalls: Array.from({ length: calls }, () => ({ name, arguments: args })) }
      }),
  }),
  wrongReply({
    id: 'tool.loop',
    summary: 'the model asks for the last tool call of the history again, whatever came of it; on every call, for ever',
    source: 'agentbreak loops',
    parameters: none,
    arbitrary: fc.constant({}),
    strike: (call) =>
      sayingAnew(call, () => {
        const last = call.view.model?.toolCalls.at(-1)
        return last === undefined ? null : { toolCalls: [{ name: last.name, arguments: last.arguments }] }
      }),
  }),
  wrongReply({
    id: 'tool.as_text',
    summary: 'the tool call stands in the text of the answer, and nowhere else',
    source: 'hermes-agent, where models print <tool_call>',
    parameters: none,
    arbitrary: fc.constant({}),
    strike: (call) =>
      sayingAnew(call, ({ toolCalls: [first] }) =>
        first === undefined
          ? null
          : { content: `<tool_call>{"name": "${first.name}", "arguments": ${first.arguments}}</tool_call>` },
      ),
  }),
]

const misnamed: Readonly<Record<(typeof names)[number], (name: string) => string>> = {
  invented: () => 'perform_action',
  near_miss: (name) => `${name}s`,
  wrong_case: (name) => name.toUpperCase(),
  prefixed: (name) => `functions.${name}`,
}

const spoilt: Readonly<Record<(typeof spoilings)[number], (text: string) => string>> = {
  cut: firstHalf,
  trailing_text: (text) => `${text}\nI will now call the tool.`,
  single_quotes: (text) => text.replaceAll('"', "'"),
  empty: () => '',
  null: () => 'null',
  double_encoded: (text) => JSON.stringify(text),
}

const violating: Readonly<Record<(typeof violations)[number], (args: JsonObject) => JsonObject | null>> = {
  missing: (args) => (Object.keys(args).length === 0 ? null : Object.fromEntries(Object.entries(args).slice(1))),
  wrong_type: (args) =>
    Object.keys(args).length === 0
      ? null
      : Object.fromEntries(Object.entries(args).map(([key, value], index) => [key, index === 0 ? [value] : value])),
  extra: (args) => ({ ...args, unexpected_field: true }),
}

function changingFirst(call: UpstreamCall, change: (first: ToolCall) => ToolCall | null): Effect | null {
  return sayingAnew(call, (said: ModelReplyView) => {
    const [first, ...others] = said.toolCalls
    const changed = first && change(first)
    return changed ? { ...asScripted(said), toolCalls: [changed, ...others] } : null
  })
}

function parse(text: string): JsonObject {
  try {
    return jsonObjectSchema.catch({}).parse(JSON.parse(text))
  } catch {
    return {}
  }
}
