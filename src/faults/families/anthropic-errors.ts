import * as fc from 'fast-check'
import { z } from 'zod'
import { type AnthropicErrorStatus, anthropicError, overloaded } from '../../wire/anthropic/errors.ts'
import { serviceHeaders } from '../../wire/anthropic/service-headers.ts'
import type { UpstreamCall } from '../../wire/interference.ts'
import type { Reply } from '../../wire/reply.ts'
import { type AnyMember, type Budget, type FaultFamily, defineMember } from '../catalogue-member.ts'
import { anthropicOnly as dialects } from './spoken-in.ts'

const source = 'docs.claude.com/en/api/errors; @anthropic-ai/sdk 1 resources/shared.ts for the types'
const none = z.strictObject({})
const windowParameters = z.strictObject({
  windowTokens: z.int().min(1).default(200_000).describe('tokens that the error says the window holds'),
})
const windowArbitrary = fc.record({ windowTokens: fc.constantFrom(200_000, 1_000_000) })
/** Tokens by which an injected error claims the window was missed. */
const excessTokens = 8_310

/** Errors of Anthropic's: its servers', its overload, and requests that it will not take. */
export const anthropicErrorMembers: readonly AnyMember[] = [
  failing(500, 'server errors', 'provider', () => 'Internal server error'),
  failing(504, 'server errors', 'provider', () => 'Request timed out'),
  defineMember({
    id: 'anthropic.529',
    family: 'server errors',
    targets: ['model'],
    dialects,
    bookedOn: 'provider',
    summary: '529 overloaded_error: everybody asks at once',
    source: 'docs.claude.com/en/api/errors; details null as recorded in vercel/ai',
    parameters: none,
    arbitrary: fc.constant({}),
    strike: () => ({
      instead: (context) => overloaded(serviceHeaders(context)),
    }),
  }),
  failing(401, 'rejections', 'agent', () => 'invalid x-api-key'),
  failing(403, 'rejections', 'agent', () => 'Your API key does not have permission to use the specified resource.'),
  failing(404, 'rejections', 'provider', ({ view }) => `model: ${view.model?.model ?? 'unknown'}`),
  failing(409, 'rejections', 'provider', () => 'The request conflicts with the current state of the resource.'),
  defineMember({
    id: 'anthropic.413',
    family: 'rejections',
    targets: ['model'],
    dialects,
    bookedOn: 'agent',
    summary: '413 request_too_large, which the gateway before the service sends: as JSON, or as an HTML page',
    source: 'docs.claude.com/en/api/errors (32 MB, sent by Cloudflare)',
    parameters: z.strictObject({
      form: z.enum(['json', 'html']).default('json').describe('of the service, or the page of the gateway before it'),
    }),
    arbitrary: fc.record({ form: fc.constantFrom('json', 'html') }),
    strike: (_call, { form }) => ({
      instead: (context) =>
        form === 'html'
          ? tooLargePage()
          : anthropicError(413, 'Request exceeds the maximum size', { headers: serviceHeaders(context) }),
    }),
  }),
  defineMember({
    id: 'anthropic.400.pairing',
    family: 'rejections',
    targets: ['model'],
    dialects,
    bookedOn: 'agent',
    summary: '400: a tool_use block without its tool_result; the same request fails until the history is mended',
    source: 'anthropics/claude-code#1894, block/goose#2951',
    parameters: none,
    arbitrary: fc.constant({}),
    strike: ({ view }) => ({
      instead: (context) => {
        const index = Math.max(0, (view.model?.messages ?? 1) - 1)
        const id = view.model?.toolCalls.at(-1)?.id ?? 'toolu_01A09q90qw90lq917835lq9'
        return anthropicError(
          400,
          `messages.${index}: \`tool_use\` ids were found without \`tool_result\` blocks immediately after: ${id}. Each \`tool_use\` block must have a corresponding \`tool_result\` block in the next message.`,
          { headers: serviceHeaders(context) },
        )
      },
    }),
  }),
  overflow('anthropic.400.context', 'the prompt alone is too long', (windowTokens) => {
    return `prompt is too long: ${windowTokens + excessTokens} tokens > ${windowTokens} maximum`
  }),
  overflow('anthropic.400.max_tokens', 'prompt and max_tokens together are too long', (windowTokens) => {
    const maxTokens = Math.floor(windowTokens / 3)
    const inputTokens = windowTokens - maxTokens + excessTokens
    return `input length and \`max_tokens\` exceed context limit: ${inputTokens} + ${maxTokens} > ${windowTokens}, decrease input length or \`max_tokens\` and try again`
  }),
]

function failing(
  status: AnthropicErrorStatus,
  family: FaultFamily,
  bookedOn: Budget,
  messageFor: (call: UpstreamCall) => string,
): AnyMember {
  return defineMember({
    id: `anthropic.${status}`,
    family,
    targets: ['model'],
    dialects,
    bookedOn,
    summary: `${status} in the service's envelope`,
    source,
    parameters: none,
    arbitrary: fc.constant({}),
    strike: (call) => ({
      instead: (context) => anthropicError(status, messageFor(call), { headers: serviceHeaders(context) }),
    }),
  })
}

function overflow(id: string, what: string, words: (windowTokens: number) => string): AnyMember {
  return defineMember({
    id,
    family: 'context overflows',
    targets: ['model'],
    dialects,
    bookedOn: 'agent',
    summary: `400 invalid_request_error: ${what}`,
    source: 'anthropics/claude-code#12186, docker/docker-agent#569',
    parameters: windowParameters,
    arbitrary: windowArbitrary,
    strike: (_call, { windowTokens }) => ({
      instead: (context) => anthropicError(400, words(windowTokens), { headers: serviceHeaders(context) }),
    }),
  })
}

function tooLargePage(): Reply {
  return {
    status: 413,
    headers: { 'content-type': 'text/html', server: 'cloudflare' },
    body: '<html>\r\n<head><title>413 Request Entity Too Large</title></head>\r\n<body>\r\n<center><h1>413 Request Entity Too Large</h1></center>\r\n<hr><center>cloudflare</center>\r\n</body>\r\n</html>\r\n',
  }
}
