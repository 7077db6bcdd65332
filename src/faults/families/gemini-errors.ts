import * as fc from 'fast-check'
import { z } from 'zod'
import type { JsonObject } from '../../contract/json.ts'
import { countWords } from '../../wire/google/content-history.ts'
import { type GoogleErrorStatus, googleError, overloaded, tooManyTokens } from '../../wire/google/errors.ts'
import { resourceExhausted } from '../../wire/google/rate-limit-error.ts'
import { serviceHeaders } from '../../wire/google/service-headers.ts'
import type { UpstreamCall } from '../../wire/interference.ts'
import { type AnyMember, type Budget, type FaultFamily, defineMember } from '../catalogue-member.ts'
import { geminiOnly as dialects } from './spoken-in.ts'

const shared = { targets: ['model'], dialects } as const
const none = z.strictObject({})
const quotas = ['requests', 'tokens', 'day'] as const
/** Tokens by which an injected error claims the window was missed. */
const excessTokens = 5_956
const troubleshooting = 'ai.google.dev/gemini-api/docs/troubleshooting; the words as in public issue threads'

/** Errors of Gemini, in the envelope of Google's APIs. */
export const geminiErrorMembers: readonly AnyMember[] = [
  defineMember({
    ...shared,
    id: 'gemini.429',
    family: 'rate limits',
    bookedOn: 'provider',
    summary: '429 RESOURCE_EXHAUSTED: how long to wait stands in the body alone, and "quota" is no reason to give up',
    source: 'vercel/ai recorded fixture google-429-retry-info.json; ai.google.dev/gemini-api/docs/rate-limits',
    parameters: z.strictObject({
      waitMs: z.int().min(1).max(86_400_000).default(34_400).describe('milliseconds that RetryInfo asks to wait'),
      quota: z.enum(quotas).default('requests').describe('the quota that is used up: of a minute, or of the day'),
    }),
    arbitrary: fc.record({ waitMs: fc.constantFrom(1_000, 8_000, 34_400), quota: fc.constantFrom(...quotas) }),
    strike: (_call, { waitMs, quota }) => ({
      instead: () => resourceExhausted({ quota, waitMs, headers: serviceHeaders() }),
    }),
  }),
  failing(500, 'server errors', 'provider', 'INTERNAL', () => {
    return 'An internal error has occurred. Please retry or report in https://developers.generativeai.google/guide/troubleshooting'
  }),
  defineMember({
    ...shared,
    id: 'gemini.503',
    family: 'server errors',
    bookedOn: 'provider',
    summary: "503 UNAVAILABLE in the envelope of Google's APIs",
    source: troubleshooting,
    parameters: none,
    arbitrary: fc.constant({}),
    strike: () => ({ instead: () => overloaded(serviceHeaders()) }),
  }),
  failing(504, 'server errors', 'provider', 'DEADLINE_EXCEEDED', () => {
    return 'Deadline expired before operation could complete.'
  }),
  failing(403, 'rejections', 'agent', 'PERMISSION_DENIED', () => 'The caller does not have permission'),
  failing(404, 'rejections', 'provider', 'NOT_FOUND', ({ view }) => {
    return `models/${view.model?.model ?? 'unknown'} is not found for API version v1beta, or is not supported for generateContent. Call ListModels to see the list of available models and their supported methods.`
  }),
  rejected('gemini.400.key', 'the key was revoked', 'API key not valid. Please pass a valid API key.', [
    {
      '@type': 'type.googleapis.com/google.rpc.ErrorInfo',
      reason: 'API_KEY_INVALID',
      domain: 'googleapis.com',
      metadata: { service: 'generativelanguage.googleapis.com' },
    },
  ]),
  rejected('gemini.400.pairing', 'function calls without their responses; mend the history', countWords),
  defineMember({
    ...shared,
    id: 'gemini.400.context',
    family: 'context overflows',
    bookedOn: 'agent',
    summary: '400 INVALID_ARGUMENT whose words alone say that the prompt is too long',
    source: 'public issue threads of agents that read the words',
    parameters: z.strictObject({
      windowTokens: z.int().min(1).default(1_048_576).describe('tokens that the model takes'),
    }),
    arbitrary: fc.record({ windowTokens: fc.constantFrom(32_768, 1_048_576) }),
    strike: (_call, { windowTokens }) => ({
      instead: () => googleError(400, tooManyTokens(windowTokens + excessTokens, windowTokens), serviceHeaders()),
    }),
  }),
]

function failing(
  status: GoogleErrorStatus,
  family: FaultFamily,
  bookedOn: Budget,
  name: string,
  messageFor: (call: UpstreamCall) => string,
): AnyMember {
  return defineMember({
    ...shared,
    id: `gemini.${status}`,
    family,
    bookedOn,
    summary: `${status} ${name} in the envelope of Google's APIs`,
    source: troubleshooting,
    parameters: none,
    arbitrary: fc.constant({}),
    strike: (call) => ({ instead: () => googleError(status, messageFor(call), serviceHeaders()) }),
  })
}

function rejected(id: string, what: string, message: string, details?: readonly JsonObject[]): AnyMember {
  return defineMember({
    ...shared,
    id,
    family: 'rejections',
    bookedOn: 'agent',
    summary: `400 INVALID_ARGUMENT: ${what}`,
    source: troubleshooting,
    parameters: none,
    arbitrary: fc.constant({}),
    strike: () => ({ instead: () => googleError(400, message, serviceHeaders(), details) }),
  })
}
