import { hash } from 'node:crypto'
import type { TraceEvent } from '../contract/event.ts'

/** What a recorder does with each event besides hashing it. */
export interface RecorderOptions {
  /** Feeds the checkers; called with events in their order. */
  readonly observe?: (event: TraceEvent) => void
  /** Keeps the events, for a trial that is re-run to be shown; passing trials are judged and dropped. */
  readonly keep?: boolean
}

/** Takes a trial's events in order and reduces them to a hash. */
export class Recorder {
  readonly #observe: ((event: TraceEvent) => void) | undefined
  readonly #kept: TraceEvent[] | undefined
  #lines = ''

  constructor(options: RecorderOptions = {}) {
    this.#observe = options.observe
    this.#kept = options.keep === true ? [] : undefined
  }

  record(event: TraceEvent): void {
    this.#lines += traceText(event)
    this.#kept?.push(event)
    this.#observe?.(event)
  }

  /** The events, where they were to be kept. */
  get events(): readonly TraceEvent[] {
    return this.#kept ?? []
  }

  /** SHA-256 over the trace, in hex: the trial's identity. */
  hash(): string {
    return hash('sha256', this.#lines, 'hex')
  }
}

/**
 * An event as hashed text. Events are built with their keys in one order, so that equal events give equal text.
 *
 * Bodies stand beside the JSON, unescaped, and what was read out of them is left out: both only cost time.
 */
function traceText(event: TraceEvent): string {
  if (event.type === 'request.sent') {
    const { at, task, call, upstream, method, url, logicalCall, attempt, idempotencyKey, body } = event
    const key = idempotencyKey === null ? '' : ` ${JSON.stringify(idempotencyKey)}`
    return `request.sent ${at} ${task} ${call} ${upstream} ${method} ${url} ${logicalCall} ${attempt} ${body.length}${key}\n${body}\n`
  }
  if (event.type === 'response.end') {
    const { at, call, status, class: outcomeClass, body } = event
    return `response.end ${at} ${call} ${status} ${outcomeClass} ${body.length}\n${body}\n`
  }
  if (event.type === 'response.chunk') {
    const { at, task, call, upstream, kind, chunk, bytes } = event
    return `response.chunk ${at} ${task} ${call} ${upstream} ${kind} ${chunk} ${bytes}\n`
  }
  return `${JSON.stringify(event)}\n`
}
