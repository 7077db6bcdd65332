import * as fc from 'fast-check'
import { z } from 'zod'
import { type AnyMember, defineMember } from '../catalogue-member.ts'
import { happens, moment, momentArbitrary, ofProcess } from './happening.ts'

const jump = {
  ...moment,
  byMs: z.int().min(1).max(31_536_000_000).default(60_000).describe('milliseconds'),
}
const jumpArbitrary = fc.record({
  ...momentArbitrary,
  byMs: fc.constantFrom(1_000, 30_000, 120_000, 3_600_000, 86_400_000),
})
const source = 'kelpie-dst; NTP steps, virtual machines that were paused, daylight saving done wrongly'

/** Clocks that do not go as an agent expects. */
export const clockMembers: readonly AnyMember[] = [
  defineMember({
    ...ofProcess,
    id: 'clock.jump_forward',
    family: 'clock',
    summary:
      'the wall clock of the agent (`Date`) is set forward by byMs: monotonic clocks, timers and the clocks of upstreams are not',
    source,
    parameters: z.strictObject(jump),
    arbitrary: jumpArbitrary,
    strike: (_call, { byMs, ...when }) => happens(when, (process, _task, strike) => process.jumpClock(byMs, strike)),
  }),
  defineMember({
    ...ofProcess,
    id: 'clock.jump_back',
    family: 'clock',
    summary:
      'the wall clock of the agent (`Date`) is set back by byMs: monotonic clocks, timers and the clocks of upstreams are not',
    source,
    parameters: z.strictObject(jump),
    arbitrary: jumpArbitrary,
    strike: (_call, { byMs, ...when }) => happens(when, (process, _task, strike) => process.jumpClock(-byMs, strike)),
  }),
  defineMember({
    ...ofProcess,
    id: 'clock.late_timers',
    family: 'clock',
    summary:
      "for forMs, the agent's timers fire late: each that falls due waits for the next whole multiple of spanMs; answers come on time",
    source: 'timer coalescing of operating systems; throttled timers of containers and browsers',
    parameters: z.strictObject({
      ...moment,
      spanMs: z
        .int()
        .min(2)
        .max(3_600_000)
        .default(1_000)
        .describe('milliseconds between two moments at which timers fire'),
      forMs: z.int().min(1).max(3_600_000).default(60_000).describe('milliseconds that it lasts'),
    }),
    arbitrary: fc.record({
      ...momentArbitrary,
      spanMs: fc.constantFrom(16, 250, 1_000, 15_000),
      forMs: fc.constantFrom(10_000, 60_000),
    }),
    strike: (_call, { spanMs, forMs, ...when }) =>
      happens(when, (process, _task, strike) => process.delayTimers(spanMs, forMs, strike)),
  }),
]
