import { z } from 'zod'
import { parseOptions } from '../errors/parse-options.ts'
import { waitMs } from '../resilience/resilience-options.ts'
import type { HealthCheck } from './health-check.ts'

type Port<Result> = (options: { readonly signal: AbortSignal }) => Promise<Result>

function port<Result>(): z.ZodType<Port<Result>, Port<Result>> {
  return z.custom<Port<Result>>((value) => typeof value === 'function', 'must be a function')
}

const timeoutMs = waitMs.default(5_000)

const reachableSchema = z.strictObject({ timeoutMs, ask: port<unknown>() })

/**
 * Whether the agent's endpoint can be reached: anything but an error is healthy.
 *
 * @throws {TypeError} one sentence, where an option is wrong
 */
export function reachableCheck(options: z.input<typeof reachableSchema>): HealthCheck {
  const settings = parseOptions('reachability check', reachableSchema, options)
  return {
    name: 'reachable',
    timeoutMs: settings.timeoutMs,
    async look({ signal }) {
      await settings.ask({ signal })
      return { status: 'healthy', message: 'The endpoint can be reached.' }
    },
  }
}

const responseTimeSchema = z
  .strictObject({
    timeoutMs,
    ask: port<unknown>(),
    /** From this response time on, in whole milliseconds. */
    degradedFromMs: waitMs.default(1_000),
    unhealthyFromMs: waitMs.default(3_000),
  })
  .refine((times) => times.degradedFromMs <= times.unhealthyFromMs, {
    path: ['degradedFromMs'],
    error: 'must be at most unhealthyFromMs',
  })
  .refine((times) => times.unhealthyFromMs <= times.timeoutMs, {
    path: ['timeoutMs'],
    error: 'must be at least unhealthyFromMs, or what is only degraded would be cut as unhealthy',
  })

/**
 * How long an answer takes: healthy below one second, degraded below three, unhealthy from there on.
 *
 * @throws {TypeError} one sentence, where an option is wrong
 */
export function responseTimeCheck(options: z.input<typeof responseTimeSchema>): HealthCheck {
  const settings = parseOptions('response time check', responseTimeSchema, options)
  return {
    name: 'response_time',
    timeoutMs: settings.timeoutMs,
    async look({ signal }) {
      const askedMs = performance.now()
      await settings.ask({ signal })
      const tookMs = performance.now() - askedMs
      const message = `An answer took ${Math.round(tookMs)} ms.`
      if (tookMs < settings.degradedFromMs) return { status: 'healthy', message }
      return { status: tookMs < settings.unhealthyFromMs ? 'degraded' : 'unhealthy', message }
    },
  }
}

const memorySchema = z.strictObject({
  timeoutMs,
  /** Reads the memory, and says which parts of it are not there; throws where it is damaged or gone. */
  missing: port<readonly string[]>(),
})

/**
 * Whether the memory is whole: degraded where parts are missing, unhealthy where it cannot be read.
 *
 * @throws {TypeError} one sentence, where an option is wrong
 */
export function memoryCheck(options: z.input<typeof memorySchema>): HealthCheck {
  const settings = parseOptions('memory check', memorySchema, options)
  return {
    name: 'memory',
    timeoutMs: settings.timeoutMs,
    async look({ signal }) {
      const missing = await settings.missing({ signal })
      if (missing.length === 0) return { status: 'healthy', message: 'The memory is whole.' }
      return { status: 'degraded', message: `The memory lacks ${missing.join(', ')}.` }
    },
  }
}
