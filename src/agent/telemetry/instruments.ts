import type { Attributes, Histogram, Meter } from '@opentelemetry/api'
import { quietly } from '../events/quietly.ts'
import type { Usage } from '../providers/model-reply.ts'
import { attribute, metric } from './conventions-1-41.ts'

/** The instruments of the conventions, on a meter that may fail. */
export class Instruments {
  readonly #duration: Histogram | undefined
  readonly #firstChunk: Histogram | undefined
  readonly #tokens: Histogram | undefined

  constructor(meter: Meter | undefined) {
    const open = ({ name, unit, bounds }: (typeof metric)[keyof typeof metric]): Histogram | undefined =>
      quietly(() => meter?.createHistogram(name, { unit, advice: { explicitBucketBoundaries: [...bounds] } }))
    this.#duration = open(metric.operationDuration)
    this.#firstChunk = open(metric.timeToFirstChunk)
    this.#tokens = open(metric.tokenUsage)
  }

  duration(ms: number, attributes: Attributes): void {
    quietly(() => this.#duration?.record(ms / 1_000, attributes))
  }

  firstChunk(ms: number, attributes: Attributes): void {
    quietly(() => this.#firstChunk?.record(ms / 1_000, attributes))
  }

  /** Only what the provider has counted: the conventions want no guesses. */
  tokens({ inputTokens, outputTokens }: Usage, attributes: Attributes): void {
    quietly(() => this.#tokens?.record(inputTokens, { ...attributes, [attribute.tokenType]: 'input' }))
    quietly(() => this.#tokens?.record(outputTokens, { ...attributes, [attribute.tokenType]: 'output' }))
  }
}
