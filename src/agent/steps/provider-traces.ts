import { z } from 'zod'
import { apiErrorOf } from '../errors/api-error.ts'
import { classifyModelError } from '../errors/error-class.ts'
import type { SecretStrike } from '../policy/without-secrets.ts'
import type { AttemptWatch } from '../providers/provider.ts'
import type { Port } from '../store/agent-store.ts'
import type { Change } from '../store/collection.ts'
import type { TraceRecord } from '../store/records/run-records.ts'

/** Of which call an attempt is. */
export interface TracedCall {
  readonly step: number
  readonly upstream: string
}

/** One attempt that is being traced. */
export interface TracedAttempt extends AttemptWatch {
  /** The attempt is over. */
  ended(error: unknown): void
}

/** Notes what is sent to providers and what they answer, until it is taken to be kept; no secret is in it. */
export class ProviderTraces {
  readonly #port: Port<TraceRecord>
  readonly #run: string
  readonly #strike: SecretStrike
  /** Of this handing-over; the traces of the others stay as they are. */
  readonly #prefix = crypto.randomUUID()
  #count = 0
  #noted: TraceRecord[] = []

  constructor(port: Port<TraceRecord>, run: string, strike: SecretStrike) {
    this.#port = port
    this.#run = run
    this.#strike = strike
  }

  begin({ step, upstream }: TracedCall): TracedAttempt {
    const id = `${this.#prefix}-${String(++this.#count).padStart(6, '0')}`
    const begun = { id, run: this.#run, step: Math.max(1, step), upstream, atMs: Date.now() }
    const startedMs = performance.now()
    let request: unknown = null
    let response: unknown = null
    return {
      sent: (body) => {
        request = body
      },
      answered: (body) => {
        response = body
      },
      ended: (thrown) => {
        const error = thrown === null ? null : this.#errorOf(thrown)
        const said = { request: this.#asJson(request), response: this.#asJson(response), error }
        this.#noted.push({ ...begun, ...said, tookMs: Math.round(performance.now() - startedMs) })
      },
    }
  }

  /** What was noted since this was done last, to be written; what cannot be written is gone. */
  take(): Change[] {
    const noted = this.#noted
    this.#noted = []
    return noted.map((trace) => this.#port.put(trace))
  }

  #errorOf(thrown: unknown): TraceRecord['error'] {
    const message = this.#strike.text(thrown instanceof Error ? thrown.message : String(thrown))
    return { errorClass: classifyModelError(thrown), status: apiErrorOf(thrown)?.status ?? null, message }
  }

  /** As it is sent: members without a value are left out. */
  #asJson(value: unknown): TraceRecord['request'] {
    return z.json().parse(JSON.parse(JSON.stringify(this.#strike.json(value)) ?? 'null'))
  }
}
