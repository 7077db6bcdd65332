import type { Judge, Property, PropertyVerdict, Witness } from '../contract/property.ts'

type Redact = (sentence: string) => string

/** One property on one trial: its state and what it has said so far. */
export class Seat implements Judge {
  readonly property: Property
  state: unknown
  readonly redact: Redact
  triggers = 0
  samples: Record<string, number> | null = null
  witness: Witness | null = null
  /** Whether what is seen now accuses nobody. */
  isForgiving = false

  constructor(property: Property, state: unknown, redact: Redact) {
    this.property = property
    this.state = state
    this.redact = redact
  }

  trigger(): void {
    this.triggers += 1
  }

  violate(witness: Witness): void {
    if (this.isForgiving) return
    this.witness ??= { ...witness, sentence: this.redact(witness.sentence) }
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
