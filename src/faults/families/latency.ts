import * as fc from 'fast-check'
import { z } from 'zod'
import { upstreamKinds } from '../../contract/upstream-kind.ts'
import { type AnyMember, defineMember } from '../catalogue-member.ts'
import { logNormalMs } from './log-normal.ts'

const targets = upstreamKinds
const seams = ['http', 'function', 'pipe'] as const
const durationMs = z.int().min(1).max(3_600_000)

/** Slow answers. */
export const latencyMembers: readonly AnyMember[] = [
  defineMember({
    id: 'latency.fixed',
    family: 'latency',
    targets,
    seams,
    bookedOn: 'target',
    summary: 'the answer comes ms later',
    source: 'Toxiproxy latency',
    parameters: z.strictObject({ ms: durationMs.default(1_000).describe('milliseconds') }),
    arbitrary: fc.record({ ms: fc.constantFrom(100, 800, 2_000, 6_000, 20_000, 45_000) }),
    strike: (_call, { ms }) => ({ delayMs: ms }),
  }),
  defineMember({
    id: 'latency.uniform',
    family: 'latency',
    targets,
    seams,
    bookedOn: 'target',
    summary: 'the answer comes between minMs and maxMs later, uniformly',
    source: 'Toxiproxy latency with jitter',
    parameters: z
      .strictObject({
        minMs: z.int().min(0).default(0).describe('fewest milliseconds'),
        maxMs: durationMs.default(1_000).describe('most milliseconds'),
      })
      .refine((range) => range.minMs <= range.maxMs, {
        error: 'minMs must not exceed maxMs',
      }),
    arbitrary: fc.record({ minMs: fc.constantFrom(0, 100, 500), maxMs: fc.constantFrom(1_000, 5_000, 15_000, 40_000) }),
    strike: (_call, { minMs, maxMs }, draw) => ({ delayMs: Math.round(minMs + draw('latency') * (maxMs - minMs)) }),
  }),
  defineMember({
    id: 'latency.lognormal',
    family: 'latency',
    targets,
    seams,
    bookedOn: 'target',
    summary: 'the answer comes later by a log-normal time with the given median and 99th percentile',
    source: 'response times of model providers are right-skewed; percentiles as providers publish them',
    parameters: z
      .strictObject({
        p50Ms: durationMs.default(800).describe('median in milliseconds'),
        p99Ms: durationMs.default(6_000).describe('99th percentile in milliseconds'),
      })
      .refine((range) => range.p50Ms <= range.p99Ms, {
        error: 'p50Ms must not exceed p99Ms',
      }),
    arbitrary: fc.record({ p50Ms: fc.constantFrom(200, 800), p99Ms: fc.constantFrom(2_000, 6_000, 30_000) }),
    strike: (_call, { p50Ms, p99Ms }, draw) => ({ delayMs: logNormalMs(p50Ms, p99Ms, draw('latency')) }),
  }),
  defineMember({
    id: 'latency.degrading',
    family: 'latency',
    targets,
    seams,
    bookedOn: 'target',
    summary: 'each answer that is struck comes stepMs later than the one before',
    source: 'Toxiproxy latency, raised step by step; services that run out of memory',
    parameters: z.strictObject({ stepMs: durationMs.default(500).describe('milliseconds more with each strike') }),
    arbitrary: fc.record({ stepMs: fc.constantFrom(100, 500, 3_000, 10_000) }),
    strike: (_call, { stepMs }, _draw, memory) => ({ delayMs: stepMs * ++memory.strikes }),
  }),
  defineMember({
    id: 'latency.until',
    family: 'latency',
    targets,
    seams,
    bookedOn: 'target',
    summary: 'the answer is held back until untilMs of virtual time, and all that were held come at once',
    source: 'swizzle-clogging of FoundationDB: connections are stalled and later let go',
    parameters: z.strictObject({
      untilMs: z
        .int()
        .min(1)
        .max(3_600_000)
        .default(5_000)
        .describe('milliseconds of virtual time from the start of the trial'),
    }),
    arbitrary: fc.record({ untilMs: fc.constantFrom(1_000, 5_000, 20_000, 60_000) }),
    strike: ({ nowMs }, { untilMs }) => (nowMs < untilMs ? { delayMs: untilMs - nowMs } : null),
  }),
]
