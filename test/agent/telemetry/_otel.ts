import { SpanStatusCode } from '@opentelemetry/api'
import { SimpleSpanProcessor, TracerProvider } from '@opentelemetry/sdk-trace'
import type { ReadableSpan, SpanExporter, SpanProcessor } from '@opentelemetry/sdk-trace'
import { DataPointType, MeterProvider, MetricReader } from '@opentelemetry/sdk-metrics'
import { genAiTelemetry } from '../../../src/agent/telemetry/gen-ai-telemetry.ts'
import { conventionsVersion, schemaUrl } from '../../../src/agent/telemetry/conventions-1-41.ts'

/** Reads when it is asked to; those of the SDK have timers. */
class Reader extends MetricReader {
  protected override async onForceFlush(): Promise<void> {}
  protected override async onShutdown(): Promise<void> {}
}

/** A span, as tests look at it. */
export interface SeenSpan {
  readonly name: string
  readonly parent: string | null
  readonly kind: number
  readonly attributes: Readonly<Record<string, unknown>>
  readonly isError: boolean
  readonly events: readonly { readonly name: string; readonly attributes: Readonly<Record<string, unknown>> }[]
  readonly beganMs: number
  readonly tookMs: number
  readonly trace: string
}

export interface SeenPoint {
  readonly count: number
  readonly sum: number
  readonly attributes: Readonly<Record<string, unknown>>
}

/** Keeps what it gets; that of the SDK has timers, which would end with their world. */
export function keepingExporter(all: ReadableSpan[]): SpanExporter {
  return {
    export(spans, done) {
      all.push(...spans)
      done({ code: 0 })
    },
    shutdown: async () => {},
  }
}

/** The SDK of OpenTelemetry with exporters that keep what they get. */
export function otel() {
  const all: ReadableSpan[] = []
  const begun: string[] = []
  const beginnings: SpanProcessor = {
    onStart: (span) => void begun.push(span.spanContext().spanId),
    onEnd: () => {},
    forceFlush: async () => {},
    shutdown: async () => {},
  }
  const endings = new SimpleSpanProcessor({ exporter: keepingExporter(all) })
  const tracers = new TracerProvider({ spanProcessors: [beginnings, endings] })
  const reader = new Reader()
  const meters = new MeterProvider({ readers: [reader] })
  const tracer = tracers.getTracer('reference-agent', conventionsVersion, { schemaUrl })
  const meter = meters.getMeter('reference-agent', conventionsVersion, { schemaUrl })
  return {
    tracer,
    meter,
    telemetry: (options: Partial<Parameters<typeof genAiTelemetry>[0]> = {}) =>
      genAiTelemetry({ tracer, meter, agentName: 'desk', ...options }),
    /** In the order in which they began; all of them must have ended. */
    async spans(): Promise<SeenSpan[]> {
      await new Promise((resolve) => setImmediate(resolve))
      const ids = all.map((span) => span.spanContext().spanId)
      const unended = begun.filter((id) => !ids.includes(id))
      if (unended.length > 0) throw new Error(`${unended.length} spans were not ended`)
      return begun.map((id) => all[ids.indexOf(id)]).flatMap((span) => (span ? [seen(span, all)] : []))
    },
    async points(name: string): Promise<SeenPoint[]> {
      const { resourceMetrics } = await reader.collect()
      const found = resourceMetrics.scopeMetrics.flatMap(({ metrics }) => metrics)
      const histograms = found.flatMap((metric) =>
        metric.descriptor.name === name && metric.dataPointType === DataPointType.HISTOGRAM ? metric.dataPoints : [],
      )
      return histograms.map(({ value: { count, sum = NaN }, attributes }) => ({ count, sum, attributes }))
    },
  }
}

function seen(span: ReadableSpan, all: readonly ReadableSpan[]): SeenSpan {
  const parentId = span.parentSpanContext?.spanId
  const parent = all.find((other) => other.spanContext().spanId === parentId)
  return {
    name: span.name,
    parent: parentId === undefined ? null : (parent?.name ?? 'unknown'),
    kind: span.kind,
    attributes: span.attributes,
    isError: span.status.code === SpanStatusCode.ERROR,
    events: span.events.map(({ name, attributes = {} }) => ({ name, attributes })),
    beganMs: ms(span.startTime),
    tookMs: ms(span.duration),
    trace: span.spanContext().traceId,
  }
}

function ms([seconds, nanoseconds]: readonly [number, number]): number {
  return seconds * 1_000 + nanoseconds / 1_000_000
}
