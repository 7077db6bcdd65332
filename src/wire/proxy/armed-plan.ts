import { epochMs } from '../../contract/epoch.ts'
import { type FaultPlan, emptyPlan } from '../../contract/fault.ts'
import { realClock } from '../../simulation/real-clock.ts'
import { type InterferencePort, noInterference } from '../interference.ts'
import { redirectReply } from '../redirect-loops.ts'
import type { Reply } from '../reply.ts'
import type { UpstreamContext } from '../upstream.ts'

/**
 * Makes what interferes with calls as a plan says: {@link noInterference} where nothing has to be read of them. It
 * throws for a plan that it cannot follow.
 */
export type Arm = (plan: FaultPlan) => InterferencePort

/** A plan under way: its time, its calls and what it has delivered count from when it was armed. */
export class ArmedPlan {
  readonly plan: FaultPlan
  /** How often each fault of the plan was delivered, in the plan's order. */
  readonly deliveries: number[]
  readonly port: InterferencePort
  readonly #seed: string
  readonly #armedMs: number = realClock.monotonicMs()
  readonly #redirected = new Set<string>()
  #calls = 0

  constructor(plan: FaultPlan, arm: Arm, seed: string) {
    this.plan = plan
    this.#seed = seed
    this.deliveries = plan.faults.map(() => 0)
    this.port = arm(plan)
  }

  /** Interferes with nothing. */
  static idle(seed: string): ArmedPlan {
    return new ArmedPlan(emptyPlan, () => noInterference, seed)
  }

  /** Whether calls go through unread. */
  get isEmpty(): boolean {
    return this.port === noInterference
  }

  /** Whole real milliseconds since it was armed. */
  get nowMs(): number {
    return Math.trunc(realClock.monotonicMs() - this.#armedMs)
  }

  /** An endless redirect from a path: whoever follows it gets the same answer again. */
  redirect(path: string): Reply {
    const reply = redirectReply(path)
    this.#redirected.add(path.split('?', 1)[0] + (reply.headers['location'] ?? ''))
    return reply
  }

  /** Whether a redirect of this plan has led to a path. */
  hasRedirectedTo(path: string): boolean {
    return this.#redirected.has(path)
  }

  nextCall(): number {
    return this.#calls++
  }

  /** What an answer is composed with. Its dates are those of the client's own clock, so that it understands them. */
  context(call: number): UpstreamContext {
    const nowMs = realClock.now() - epochMs
    return { nowMs, call, task: undefined, seed: this.#seed, applyEffect: () => {} }
  }
}
