import * as fc from 'fast-check'
import { z } from 'zod'
import type { JsonObject } from '../../contract/json.ts'
import { jsonObjectSchema } from '../../contract/json.ts'
import type { AnyMember } from '../catalogue-member.ts'
import { onJsonBody, onWholeBody } from './changed-body.ts'
import { wrongReply } from './wrong-reply.ts'

const none = z.strictObject({})
const usages = ['missing', 'zero', 'negative', 'huge'] as const
const kibibyte = 1024
/** Where the dialects keep what the model said. */
const saidFields = ['choices', 'content', 'output', 'candidates'] as const
/** Where they keep what it cost. */
const usageFields = ['usage', 'usageMetadata'] as const
/** Where they name the model that answered. */
const modelFields = ['model', 'modelVersion'] as const
const bedrockSchema = z.object({ output: z.object({ message: jsonObjectSchema }) })
const idFields = ['id', 'responseId'] as const
const loginPage =
  '<!DOCTYPE html><html><head><title>Sign in</title></head><body><form method="post" action="/login"><input name="user"><input name="password" type="password"><button>Sign in to continue</button></form></body></html>'

/** Bodies under the status 200 that are not what the dialect promises. A streamed reply is not struck. */
export const wrongBodyMembers: readonly AnyMember[] = [
  wrongReply({
    id: 'empty.choices',
    summary: 'the list of what the model said is empty',
    source: 'LiteLLM PR #28847',
    parameters: none,
    arbitrary: fc.constant({}),
    strike: () =>
      onJsonBody((body) => {
        const message = bedrockSchema.safeParse(body)
        if (message.success) return { ...body, output: { message: { ...message.data.output.message, content: [] } } }
        const field = saidFields.find((name) => Array.isArray(body[name]))
        if (field !== 'candidates') return field === undefined ? null : { ...body, [field]: [] }
        // Google's JSON leaves out what is empty.
        const { candidates: _, ...rest } = body
        return rest
      }),
  }),
  wrongReply({
    id: 'usage',
    summary: 'the usage is missing, nought, negative or beyond what a counter holds',
    source: "Microsoft Dev Proxy's gap for streams; our own for the others",
    parameters: z.strictObject({ form: z.enum(usages).default('missing').describe('what it counts') }),
    arbitrary: fc.record({ form: fc.constantFrom(...usages) }),
    strike: (_call, { form }) =>
      onJsonBody((body) => {
        const field = usageFields.find((name) => body[name] !== undefined)
        const usage = field === undefined ? undefined : body[field]
        if (field === undefined || usage === undefined) return null
        return form === 'missing' ? without(body, [field]) : { ...body, [field]: counting(usage, usageCounts[form]) }
      }),
  }),
  wrongReply({
    id: 'model.swapped',
    summary: 'the reply comes from another model than the one that was asked: a silent downgrade',
    source: 'our own; routers and fallbacks of providers do it',
    parameters: z.strictObject({
      model: z.string().min(1).default('gpt-3.5-turbo-0125').describe('the model that answers'),
    }),
    arbitrary: fc.record({ model: fc.constant('gpt-3.5-turbo-0125') }),
    strike: (_call, { model }) =>
      onJsonBody((body) => {
        const field = modelFields.find((name) => body[name] !== undefined)
        return field === undefined ? null : { ...body, [field]: model }
      }),
  }),
  wrongReply({
    id: 'body.invalid_json',
    summary: 'application/json that is no JSON: cut in the middle, or garbage',
    source: 'aimock; ChaosLLM',
    parameters: z.strictObject({ form: z.enum(['cut', 'garbage']).default('cut').describe('what it is instead') }),
    arbitrary: fc.record({ form: fc.constantFrom('cut', 'garbage') }),
    strike: (_call, { form }) =>
      onWholeBody((body, reply) => ({
        ...reply,
        body: form === 'cut' ? body.slice(0, Math.floor(body.length / 2)) : '{malformed json: <<<chaos>>>',
      })),
  }),
  wrongReply({
    id: 'body.wrong_type',
    summary: 'an HTML page to sign in, as captive portals and proxies give it under the status 200',
    source: 'ChaosLLM wrong content-type; RFC 8952 on captive portals',
    parameters: none,
    arbitrary: fc.constant({}),
    strike: () =>
      onWholeBody((_body, reply) => ({
        ...reply,
        headers: { ...reply.headers, 'content-type': 'text/html; charset=utf-8' },
        body: loginPage,
      })),
  }),
  wrongReply({
    id: 'body.missing_fields',
    summary: 'a JSON object without what the model said, and without an id',
    source: 'ChaosLLM',
    parameters: none,
    arbitrary: fc.constant({}),
    strike: () => onJsonBody((body) => without(body, [...saidFields, ...idFields])),
  }),
  wrongReply({
    id: 'body.huge',
    summary: 'a reply with so many kibibytes of a field that nobody asked for',
    source: 'agentbreak large_response',
    parameters: z.strictObject({
      kibibytes: z.int().min(1).max(65_536).default(1_024).describe('kibibytes too many'),
    }),
    arbitrary: fc.record({ kibibytes: fc.constantFrom(64, 1_024) }),
    strike: (_call, { kibibytes }) =>
      onJsonBody((body) => ({ ...body, debug_information: 'x'.repeat(kibibytes * kibibyte) })),
  }),
]

const usageCounts = { zero: 0, negative: -1, huge: Number.MAX_SAFE_INTEGER } as const

function without(body: JsonObject, fields: readonly string[]): JsonObject {
  return Object.fromEntries(Object.entries(body).filter(([name]) => !fields.includes(name)))
}

/** A usage whose counts, nested ones included, all say the same. */
function counting(usage: JsonObject[string], count: number): JsonObject[string] {
  if (typeof usage === 'number') return count
  const nested = jsonObjectSchema.safeParse(usage)
  if (!nested.success) return usage
  return Object.fromEntries(Object.entries(nested.data).map(([name, value]) => [name, counting(value, count)]))
}
