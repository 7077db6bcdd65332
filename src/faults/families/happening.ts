import * as fc from 'fast-check'
import { z } from 'zod'
import { upstreamKinds } from '../../contract/upstream-kind.ts'
import { type CallPoint, type Happening, callPoints } from '../../wire/happening.ts'
import type { Effect } from '../catalogue-member.ts'

/** When something happens to the agent's process, seen from the call that sets it off. */
export interface Moment {
  readonly at: CallPoint
  readonly afterMs: number
  readonly afterMicrotasks: number
}

/** What every fault of the process has in common: any call may set it off, and the agent has to withstand it. */
export const ofProcess = {
  targets: upstreamKinds,
  seams: ['http', 'function', 'synchronous function', 'file', 'pipe'],
  bookedOn: 'agent',
  needs: 'process',
} as const

/** The parameters of a moment, for the schema of a member. */
export const moment = {
  at: z
    .enum(callPoints)
    .default('answered')
    .describe(
      'as the call is sent, once the upstream has acted and before its answer goes out, or once it is answered',
    ),
  afterMs: z.int().min(0).max(3_600_000).default(0).describe('milliseconds after that'),
  afterMicrotasks: z.int().min(0).max(100).default(0).describe('steps of promises after that'),
}

/** Mostly at once or within the steps of promises that follow, now and then while the agent waits for time to pass. */
export const momentArbitrary = {
  at: fc.constantFrom<CallPoint[]>('answered', 'acted', 'sent'),
  afterMs: fc.constantFrom(0, 0, 0, 0, 1, 100, 1_000, 10_000),
  afterMicrotasks: fc.integer({ min: 0, max: 20 }),
}

/** The effect of a member: the call goes on as ever, and something happens to the process. */
export function happens({ at, afterMs, afterMicrotasks }: Moment, happen: Happening['happen']): Effect {
  return { mayMiss: true, happening: { at, afterMs, afterMicrotasks, happen } }
}
