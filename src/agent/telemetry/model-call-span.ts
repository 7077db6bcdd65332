import { SpanKind } from '@opentelemetry/api'
import type { Attributes } from '@opentelemetry/api'
import type { ModelCallBegun, Watch } from '../events/observer.ts'
import type { ModelReply, Usage } from '../providers/model-reply.ts'
import { attribute, operation } from './conventions-1-41.ts'
import { errorTypeOf } from './error-type.ts'
import { replyContent, requestContent } from './message-content.ts'
import { ownAttribute, ownEvent, ownSpan } from './own-names.ts'
import { QuietSpan } from './quiet-span.ts'
import { shownWord } from './shown.ts'
import { atSpot, currentSpot } from './spot.ts'
import type { Spot } from './spot.ts'
import { addressAttributes } from './task-facts.ts'
import type { TelemetrySettings } from './telemetry-settings.ts'

/** A model call as a span `chat`, its attempts and the waits between them included, as the conventions want it. */
export class ModelCallWatch implements Watch<ModelReply> {
  readonly #around: Spot
  readonly #settings: TelemetrySettings
  readonly #span: QuietSpan
  readonly #counted: Attributes
  #firstToken: QuietSpan | null = null
  #firstTokenMs: number | null = null

  constructor(about: ModelCallBegun, around: Spot, settings: TelemetrySettings) {
    const { address, maxOutputTokens, isStreamed, messages, purpose } = about
    this.#around = around
    this.#settings = settings
    this.#counted = { [attribute.operation]: operation.chat, ...addressAttributes(address) }
    const attributes = {
      ...this.#counted,
      [attribute.conversation]: around.facts.conversation,
      [ownAttribute.purpose]: purpose,
      ...(maxOutputTokens === null ? {} : { [attribute.requestMaxTokens]: maxOutputTokens }),
      ...(isStreamed ? { [attribute.requestStream]: true } : {}),
      ...(settings.recordContent ? requestContent(messages, around.facts.secrets) : {}),
    }
    const name = `${operation.chat} ${address.model}`
    this.#span = new QuietSpan(settings.tracer, { name, kind: SpanKind.CLIENT, attributes }, around.context)
    if (isStreamed) this.#awaitFirstToken()
  }

  within<Value>(work: () => Value): Value {
    const spot = { ...this.#around, context: this.#span.context, modelCall: this }
    return atSpot(spot, () => this.#span.within(work))
  }

  /** A piece of the reply has come. */
  piece(): void {
    if (this.#firstTokenMs !== null) return
    this.#firstTokenMs = this.#span.stopwatch.elapsedMs
    this.#firstToken?.end()
    this.#firstToken = null
  }

  /** What an attempt brought that failed is void: the first piece is still to come. */
  attemptFailed(errorType: string): void {
    const failed = { [attribute.errorType]: errorType }
    this.#span.event(ownEvent.attemptFailed, failed)
    this.#around.step?.event(ownEvent.attemptFailed, failed)
    if (this.#firstTokenMs !== null) this.#awaitFirstToken()
  }

  succeeded(reply: ModelReply): void {
    const { secrets } = this.#around.facts
    const { identity, finishReason, usage } = reply
    if (identity.id !== null) this.#span.set({ [attribute.responseId]: shownWord(identity.id, secrets) })
    if (identity.model !== null) this.#span.set({ [attribute.responseModel]: shownWord(identity.model, secrets) })
    if (finishReason !== null) this.#span.set({ [attribute.finishReasons]: [shownWord(finishReason, secrets)] })
    if (usage !== null) this.#span.set(usageAttributes(usage))
    if (usage !== null) this.#settings.instruments.tokens(usage, this.#counted)
    if (this.#firstTokenMs !== null) {
      this.#span.set({ [attribute.timeToFirstChunk]: this.#firstTokenMs / 1_000 })
      this.#settings.instruments.firstChunk(this.#firstTokenMs, this.#counted)
    }
    if (this.#settings.recordContent) this.#span.set(replyContent(reply, secrets))
    this.#end({})
  }

  failed(error: unknown): void {
    const errorType = errorTypeOf(error)
    this.#span.fail(errorType)
    this.#end({ [attribute.errorType]: errorType })
  }

  #awaitFirstToken(): void {
    this.#firstTokenMs = null
    const start = { name: ownSpan.firstToken, kind: SpanKind.INTERNAL, attributes: {} }
    this.#firstToken = new QuietSpan(this.#settings.tracer, start, this.#span.context)
  }

  #end(failed: Attributes): void {
    this.#firstToken?.end()
    this.#settings.instruments.duration(this.#span.stopwatch.elapsedMs, { ...this.#counted, ...failed })
    this.#span.end()
  }
}

export function watchModelCall(about: ModelCallBegun, settings: TelemetrySettings): ModelCallWatch | undefined {
  const around = currentSpot()
  return around ? new ModelCallWatch(about, around, settings) : undefined
}

function usageAttributes(usage: Usage): Attributes {
  const { inputTokens, outputTokens, cachedInputTokens, cacheWriteTokens, reasoningTokens } = usage
  return {
    [attribute.inputTokens]: inputTokens,
    [attribute.outputTokens]: outputTokens,
    ...(cachedInputTokens === null ? {} : { [attribute.cacheReadTokens]: cachedInputTokens }),
    ...(cacheWriteTokens === null ? {} : { [attribute.cacheWriteTokens]: cacheWriteTokens }),
    ...(reasoningTokens === null ? {} : { [attribute.reasoningTokens]: reasoningTokens }),
  }
}
