import { SpanStatusCode, context, trace } from '@opentelemetry/api'
import type { Attributes, Context, Span, SpanKind, Tracer } from '@opentelemetry/api'
import { quietly } from '../events/quietly.ts'
import { attribute } from './conventions-1-41.ts'
import { Stopwatch } from './stopwatch.ts'

/** What a span is about, as it begins. */
export interface SpanStart {
  readonly name: string
  readonly kind: SpanKind
  readonly attributes: Attributes
}

/** A span that cannot fail: what its tracer throws is dropped, call by call. */
export class QuietSpan {
  readonly stopwatch = new Stopwatch()
  /** Its children's context. */
  readonly context: Context
  readonly #span: Span | undefined

  constructor(tracer: Tracer | undefined, { name, kind, attributes }: SpanStart, parent: Context) {
    const startTime = this.stopwatch.beganAt
    const span = quietly(() => tracer?.startSpan(name, { kind, attributes, startTime }, parent))
    this.#span = span
    this.context = (span && quietly(() => trace.setSpan(parent, span))) ?? parent
  }

  /** Does work with this span as the active one, for what traces itself, e.g. an HTTP client. */
  within<Value>(work: () => Value): Value {
    return context.with(this.context, work)
  }

  set(attributes: Attributes): void {
    quietly(() => this.#span?.setAttributes(attributes))
  }

  event(name: string, attributes: Attributes = {}): void {
    quietly(() => this.#span?.addEvent(name, attributes, this.stopwatch.now))
  }

  /** Marks it as failed; without a description, since that would be a message. */
  fail(errorType: string): void {
    this.set({ [attribute.errorType]: errorType })
    quietly(() => this.#span?.setStatus({ code: SpanStatusCode.ERROR }))
  }

  end(): void {
    quietly(() => this.#span?.end(this.stopwatch.now))
  }
}
