import type { JsonObject } from '../../contract/json.ts'
import type { ScriptedReply } from '../model-script.ts'
import type { StreamPace } from '../stream-pace.ts'
import { identifier } from '../openai/identifiers.ts'
import { textDeltas } from '../openai/text-deltas.ts'
import { textTokens } from '../openai/tokenizer.ts'
import type { BodyChunk } from '../reply.ts'
import { type FinishReason, type SaidCall, saidOf } from './finish-reason.ts'
import { oneLine } from './google-json.ts'

/** What a response says besides the reply itself. */
export interface ResponseFacts {
  readonly model: string
  readonly promptTokens: number
  /** Makes the identifiers unique in the trial and the same in every run. */
  readonly key: readonly (string | number)[]
}

type ResponsePart = { readonly text: string } | { readonly functionCall: JsonObject }

/** A response as it is composed here: whole, or one chunk of a stream. */
export interface GenerateContentResponse {
  readonly candidates: readonly [
    {
      readonly content?: { readonly parts?: readonly ResponsePart[]; readonly role?: 'model' }
      readonly finishReason?: FinishReason
      readonly index: 0
    },
  ]
  readonly usageMetadata: object
  readonly modelVersion: string
  readonly responseId: string
}

/** A reply as the service gives it, whole and in the parts of a stream. */
export interface ComposedResponse {
  readonly whole: GenerateContentResponse
  readonly chunks: (tokensPerChunk: number) => readonly GenerateContentResponse[]
}

/**
 * The response that says what a script wants said.
 *
 * Every chunk of a stream is a response of its own: texts come in pieces, a function call in one, and the finish reason
 * in the last, with an empty text.
 * Source of the shape: ai.google.dev/api/generate-content (`GenerateContentResponse`); order of keys and the last chunk
 * as in streams recorded in vercel/ai (`packages/google/src/__fixtures__`) and public issue threads.
 */
export function composeResponse(reply: ScriptedReply, facts: ResponseFacts): ComposedResponse {
  const { text, calls, finishReason } = saidOf(reply)
  const callParts = calls.map((call, index) => callPart(call, [...facts.key, index]))
  const callTokens = calls.map(({ name, args }) => 3 + textTokens(name) + textTokens(JSON.stringify(args)))
  const tokens = callTokens.reduce((sum, one) => sum + one, textTokens(text ?? ''))
  const of = (parts: readonly ResponsePart[] | null, said: number, reason?: FinishReason) =>
    response(parts, { facts, tokens: said, reason })
  const parts = [...(text === null ? [] : [{ text }]), ...callParts]
  return {
    whole: of(parts.length === 0 ? null : parts, tokens, finishReason),
    chunks(tokensPerChunk) {
      const chunks: GenerateContentResponse[] = []
      let said = 0
      for (const piece of textDeltas(text ?? '', tokensPerChunk)) {
        said += textTokens(piece)
        chunks.push(of([{ text: piece }], said))
      }
      for (const [index, part] of callParts.entries()) {
        said += callTokens[index] ?? 0
        chunks.push(of([part], said))
      }
      return [...chunks, of(parts.length === 0 ? null : [{ text: '' }], tokens, finishReason)]
    },
  }
}

/** The chunks of a stream as server-sent events, whose lines the service ends with CRLF; each a piece of the body. */
export function eventsOf(
  { chunks }: ComposedResponse,
  { firstChunkMs = 0, perChunkMs = 15, tokensPerChunk = 1 }: StreamPace,
): BodyChunk[] {
  const encoder = new TextEncoder()
  return chunks(tokensPerChunk).map((chunk, index) => ({
    afterMs: index === 0 ? firstChunkMs : perChunkMs,
    bytes: encoder.encode(`data: ${oneLine(chunk)}\r\n\r\n`),
  }))
}

interface Facts {
  readonly facts: ResponseFacts
  /** Tokens said so far. */
  readonly tokens: number
  readonly reason: FinishReason | undefined
}

/** A candidate without parts has no role either where its call was malformed, and no content where it was unsafe. */
function response(
  parts: readonly ResponsePart[] | null,
  { facts: { model, promptTokens, key }, tokens, reason }: Facts,
): GenerateContentResponse {
  const content = parts === null ? emptyContent(reason) : { content: { parts, role: 'model' as const } }
  return {
    candidates: [{ ...content, ...(reason === undefined ? {} : { finishReason: reason }), index: 0 }],
    usageMetadata: {
      promptTokenCount: promptTokens,
      ...(tokens > 0 ? { candidatesTokenCount: tokens } : {}),
      totalTokenCount: promptTokens + tokens,
      promptTokensDetails: [{ modality: 'TEXT', tokenCount: promptTokens }],
    },
    modelVersion: model,
    responseId: identifier('', 22, 'response', ...key),
  }
}

function emptyContent(reason: FinishReason | undefined): Pick<GenerateContentResponse['candidates'][0], 'content'> {
  if (reason === 'SAFETY') return {}
  return { content: reason === 'MALFORMED_FUNCTION_CALL' ? {} : { role: 'model' } }
}

/** An empty identifier is none: Google's JSON leaves out what is empty. */
function callPart({ id, name, args }: SaidCall, key: readonly (string | number)[]): ResponsePart {
  const given = id ?? identifier('', 8, 'call', ...key).toLowerCase()
  return { functionCall: { ...(given === '' ? {} : { id: given }), name, args } }
}
