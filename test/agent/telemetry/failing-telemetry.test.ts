import * as fc from 'fast-check'
import { MeterProvider } from '@opentelemetry/sdk-metrics'
import { SimpleSpanProcessor, TracerProvider } from '@opentelemetry/sdk-trace'
import type { SpanExporter } from '@opentelemetry/sdk-trace'
import { expect, it } from 'vitest'
import type { AgentOptions } from '../../../src/agent/agent-options.ts'
import type { TaskObserver, Watch } from '../../../src/agent/events/observer.ts'
import { genAiTelemetry } from '../../../src/agent/telemetry/gen-ai-telemetry.ts'
import { asksFor, atTheDesk, failing, orderTool, refundTool } from '../_desk.ts'
import type { Desk } from '../_desk.ts'

/** How one call of something that is to be trusted with nothing goes. */
type Mood = 'fine' | 'throws' | 'rejects' | 'nothing' | 'nonsense'

const moods = fc.array(fc.constantFrom<Mood>('fine', 'throws', 'rejects', 'nothing', 'nonsense'), {
  minLength: 1,
  maxLength: 12,
})

/** An object every method of which goes as the next mood says; where it is fine, it returns another one like it. */
function moody<Thing extends object>(all: readonly Mood[]): Thing {
  let calls = 0
  const call = (): unknown => {
    const mood = all[calls++ % all.length]
    if (mood === 'throws') throw new Error('the telemetry is down')
    if (mood === 'rejects') return Promise.reject(new Error('the telemetry is down'))
    if (mood === 'nothing') return undefined
    return mood === 'nonsense' ? 7 : thing()
  }
  const thing = (): object => new Proxy({}, { get: (_target, name) => (name === 'then' ? undefined : call) })
  return thing() as Thing
}

/** An observer whose watches do the work, or do not, or do it twice, or fail after it. */
function moodyObserver(all: readonly Mood[]): TaskObserver {
  let calls = 0
  const act = (): Mood => {
    const mood = all[calls++ % all.length] ?? 'fine'
    if (mood === 'throws') throw new Error('the observer is down')
    return mood
  }
  const watch = (): Watch<unknown> | undefined => (act() === 'nothing' ? undefined : moodyWatch(act))
  return { task: watch, step: watch, modelCall: watch, toolCall: watch, hear: () => void act() }
}

function moodyWatch(act: () => Mood): Watch<unknown> {
  return {
    within(work) {
      const mood = act()
      const done = mood === 'nothing' ? work() : (work(), work())
      if (mood === 'nonsense') throw new Error('the observer fails after the work')
      act()
      return done
    },
    succeeded: () => void act(),
    failed: () => void act(),
  }
}

const desks = fc.record({
  provider: fc.constantFrom<'openai' | 'anthropic'>('openai', 'anthropic'),
  stream: fc.boolean(),
  tool: fc.constantFrom(orderTool, refundTool),
  failures: fc.integer({ min: 0, max: 3 }),
  stepMs: fc.option(fc.integer({ min: 1, max: 2_000 }), { nil: undefined }),
})

type Setting = typeof desks extends fc.Arbitrary<infer Value> ? Value : never

function deskOf({ provider, stream, tool, failures, stepMs }: Setting, observer?: TaskObserver): Desk {
  const options: Partial<AgentOptions> = {
    stream,
    retry: { maxAttempts: 3, baseMs: 10, jitter: 'none' },
    timeouts: { stepMs },
    ...(observer ? { observer } : {}),
  }
  return { provider, options, primary: asksFor(tool), faults: failures > 0 ? [failing(failures)] : [] }
}

/** What the task came to, when, and every byte of its way there. */
async function course(desk: Desk) {
  const { value, hash, virtualMs } = await atTheDesk(desk, (ask) => ask())
  return { value, hash, virtualMs }
}

it('a tracer and a meter that fail in any call change nothing of a task', async () => {
  await fc.assert(
    fc.asyncProperty(desks, moods, async (setting, all) => {
      const observer = genAiTelemetry({ tracer: moody(all), meter: moody(all), recordContent: true })
      expect(await course(deskOf(setting, observer))).toEqual(await course(deskOf(setting)))
    }),
    { numRuns: 60 },
  )
})

it('an observer that fails, or treats the work in any way, changes nothing of a task', async () => {
  await fc.assert(
    fc.asyncProperty(desks, moods, async (setting, all) => {
      expect(await course(deskOf(setting, moodyObserver(all)))).toEqual(await course(deskOf(setting)))
    }),
    { numRuns: 60 },
  )
})

it.each<[string, SpanExporter['export']]>([
  [
    'throws',
    () => {
      throw new Error('the collector is down')
    },
  ],
  ['says that it failed', (_spans, done) => done({ code: 1, error: new Error('the collector is down') })],
  ['never answers', () => {}],
])('an exporter that %s changes nothing of a task', async (_how, take) => {
  const exporter = { export: take, shutdown: async () => {} }
  const tracers = new TracerProvider({ spanProcessors: [new SimpleSpanProcessor({ exporter })] })
  const observer = genAiTelemetry({ tracer: tracers.getTracer('t'), meter: new MeterProvider().getMeter('t') })
  const setting = { provider: 'openai', stream: true, tool: refundTool, failures: 1, stepMs: undefined } as const
  const { value, virtualMs } = await course(deskOf(setting, observer))
  expect({ value, virtualMs }).toEqual({ value: { answer: 'It is done.', stop: 'end_turn' }, virtualMs })
  expect(virtualMs).toBe((await course(deskOf(setting))).virtualMs)
})
