import type { TraceEvent } from '../contract/event.ts'
import type { Judge, Property, PropertyVerdict, Witness } from '../contract/property.ts'

type Redact = (sentence: string) => string

/** What the judge of a trial is looking at, shared by its seats; null before and after its events. */
export interface Moment {
  event: TraceEvent | null
}

/** One property on one trial: its state and what it has said so far. */
export class Seat implements Judge {
  readonly property: Property
  state: unknown
  readonly redact: Redact
  readonly moment: Moment
  triggers = 0
  samples: Record<string, number> | null = null
  witness: Witness | null = null
  /** The event at which the violation was reported; null where that was not at one. */
  proof: TraceEvent | null = null
  /** Whether what is seen now accuses nobody. */
  isForgiving = false

  constructor(property: Property, state: unknown, redact: Redact, moment: Moment) {
    this.property = property
    this.state = state
    this.redact = redact
    this.moment = moment
  }

  trigger(): void {
    this.triggers += 1
  }

  violate(witness: Witness): void {
    if (this.isForgiving || this.witness !== null) return
    const { sentence, spans } = witness
    const shown = spans && { spans: spans.map((span) => ({ ...span, words: this.redact(span.words) })) }
    this.witness = { ...witness, sentence: this.redact(sentence), ...shown }
    this.proof = this.moment.event
  }

  sample(key: string): void {
    if (this.isForgiving) return
    this.samples ??= {}
    this.samples[key] = (this.samples[key] ?? 0) + 1
  }

  verdict(): PropertyVerdict {
    const { triggers, witness, samples } = this
    if (witness) return { verdict: 'violated', triggers, witness }
    if (triggers === 0) return { verdict: 'vacuous' }
    return samples === null ? { verdict: 'holds', triggers } : { verdict: 'holds', triggers, samples }
  }
}
