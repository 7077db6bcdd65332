import type { Admission } from './breaker-input.ts'

/** A call that has outlived one of its limits, at the moment when it did. */
export interface Overdue {
  readonly call: number
  readonly seq: number
  readonly task: number
  readonly at: number
  readonly isCallLimit: boolean
  readonly isProbeLimit: boolean
}

interface Begun {
  readonly seq: number
  readonly at: number
  readonly task: number
  /** When it is out of time, if it is a probe. */
  readonly probeEndsAt: number
  /** Its limits, each infinite once it has been told of. */
  readonly callDue: number
  readonly probeDue: number
}

/** The calls to one upstream that have not ended, and when the agent declares to give them up. */
export class CallsUnderWay {
  readonly #begun = new Map<number, Begun>()
  /** The earliest limit that any of them may outlive: mostly nothing has to be looked at. */
  #nextDue = Infinity

  begin({ call, seq, at, task }: Admission, limits: { callMs: number | null; probeMs: number | null }): void {
    const callDue = at + (limits.callMs ?? Infinity)
    const probeDue = at + (limits.probeMs ?? Infinity)
    this.#begun.set(call, { seq, at, task, probeEndsAt: probeDue, callDue, probeDue })
    this.#nextDue = Math.min(this.#nextDue, callDue, probeDue)
  }

  of(call: number): Begun | undefined {
    return this.#begun.get(call)
  }

  end(call: number): void {
    this.#begun.delete(call)
  }

  /** When the others began. */
  besides(call: number): readonly number[] {
    const others: number[] = []
    for (const [other, { at }] of this.#begun) if (other !== call) others.push(at)
    return others
  }

  /** The limits that were outlived before this time and have not been told of yet, in order of time. */
  overdue(before: number): readonly Overdue[] {
    if (this.#nextDue >= before) return []
    const overdue: Overdue[] = []
    for (const [call, begun] of this.#begun) {
      const { seq, task, callDue, probeDue } = begun
      for (const due of new Set([callDue, probeDue]))
        if (due < before)
          overdue.push({ call, seq, task, at: due, isCallLimit: due === callDue, isProbeLimit: due === probeDue })
      this.#begun.set(call, {
        ...begun,
        callDue: callDue < before ? Infinity : callDue,
        probeDue: probeDue < before ? Infinity : probeDue,
      })
    }
    this.#nextDue = Math.min(
      Infinity,
      ...[...this.#begun.values()].flatMap(({ callDue, probeDue }) => [callDue, probeDue]),
    )
    return overdue.sort((one, other) => one.at - other.at)
  }
}
