import { z } from 'zod'
import { parseOptions } from '../errors/parse-options.ts'
import { withDeadline } from '../resilience/deadline.ts'
import { StopError } from '../errors/stop-error.ts'
import { waitMs } from '../resilience/resilience-options.ts'
import type { HealthCheck } from './health-check.ts'

/** Asks whether one tool could be used, without using it; throws where it could not. */
export type ToolProbe = (options: { readonly signal: AbortSignal }) => Promise<unknown>

const toolsSchema = z
  .strictObject({
    /** The time of one probe, in whole milliseconds. All run at once. */
    probeTimeoutMs: waitMs.default(5_000),
    /** By name of the tool. */
    probes: z
      .record(
        z.string(),
        z.custom<ToolProbe>((value) => typeof value === 'function', 'must be a function'),
      )
      .refine((probes) => Object.keys(probes).length > 0, 'must have one probe at least'),
    /** Tools that the agent cannot do without: one that is gone means unhealthy. */
    essential: z.array(z.string()).default([]),
  })
  .refine(({ probes, essential }) => essential.every((name) => Object.hasOwn(probes, name)), {
    path: ['essential'],
    error: 'must name tools that have a probe',
  })

/**
 * Whether the tools can be used: degraded where some are gone, unhealthy where all are or an essential one is.
 *
 * Every tool has its own time, so that one that hangs says nothing of the others.
 *
 * @throws {TypeError} one sentence, where an option is wrong
 */
export function toolsCheck(options: z.input<typeof toolsSchema>): HealthCheck {
  const { probes, probeTimeoutMs, essential } = parseOptions('tools check', toolsSchema, options)
  return {
    name: 'tools',
    // Never before the last probe, whose own limit gives the finding that names it.
    timeoutMs: probeTimeoutMs + 1,
    async look({ signal }) {
      const found = await Promise.all(
        Object.entries(probes).map(async ([name, probe]) => ({
          name,
          works: await answers(name, probe, probeTimeoutMs, signal),
        })),
      )
      const gone = found.filter(({ works }) => !works).map(({ name }) => name)
      if (gone.length === 0) return { status: 'healthy', message: 'All tools can be used.' }
      const isOut = gone.length === found.length || gone.some((name) => essential.includes(name))
      return { status: isOut ? 'unhealthy' : 'degraded', message: `Not to be used: ${gone.join(', ')}.` }
    },
  }
}

async function answers(name: string, probe: ToolProbe, limitMs: number, around: AbortSignal): Promise<boolean> {
  try {
    await withDeadline(name, limitMs, around, async (signal) => probe({ signal }))
    return true
  } catch (error) {
    if (error instanceof StopError && around.aborted) throw error
    return false
  }
}
