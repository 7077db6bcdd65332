import { type Agent, type AgentFactory, type Scenario, faults, openAiChat, properties, scenario } from 'shakedown'
import { judgeFor } from '../src/scenario/finding.ts'
import { runTrial } from '../src/scenario/trial.ts'
import { CannedResponse } from './canned-response.ts'
import { median } from './median.ts'
import { streamAgent } from './stream-agent.ts'

interface Canned {
  readonly url: string
  readonly headers: [string, string][]
  readonly chunks: readonly Uint8Array<ArrayBuffer>[]
}

const input = 'Tell me how a ship is tried before it enters service.'
const reply =
  'On its first voyage a ship is tried for what it must stand: speed, anchors, pumps, and the worst of seas. '
const replyRepeats = 8
const calls = 60
const rounds = 15

/**
 * A chunk of a streamed reply inside a trial (judged, hashed) over the same chunk with a canned `fetch`.
 *
 * The canned stream holds the very chunks that the trial got; rounds alternate in one process, and the median of their
 * ratios counts.
 */
export async function chunkOverSdkFloor(): Promise<{ chunkOverSdkFloor: number; microsecondsPerChunk: number }> {
  const simulated = streamScenario(() => streamAgent())
  const judge = judgeFor(simulated)
  const world = (trial: number) => runTrial({ scenario: simulated, judge, seed: 1, trial, plan: { faults: [] } })
  const canned = await record()
  const ratios: number[] = []
  const perChunk: number[] = []
  for (let round = 0; round < rounds; round++) {
    const floorMs = await timed(() => runOnFloor(canned))
    const worldMs = await timed(world)
    ratios.push(worldMs / floorMs)
    perChunk.push((worldMs * 1000) / (calls * canned.chunks.length))
  }
  return { chunkOverSdkFloor: median(ratios), microsecondsPerChunk: median(perChunk) }
}

function streamScenario(agent: AgentFactory): Scenario {
  return scenario('bench of streams', {
    agent,
    tasks: [{ id: 'voyage', input }],
    upstreams: () => [openAiChat({ script: () => ({ content: reply.repeat(replyRepeats) }) })],
    profile: {
      maxSteps: 6,
      terminationMs: 600_000,
      retry: { maxAttempts: 3 },
      timeouts: { firstTokenMs: 10_000, idleMs: 5_000, modelMs: 60_000 },
      breaker: { consecutiveFailures: 5, cooldownMs: 30_000 },
      tools: { forbidden: ['delete_customer'], gated: ['issue_refund'], effectful: ['issue_refund'] },
    },
    search: { trials: 1_000, faults: faults.swarm(faults.stream.all()), properties: properties.all },
  })
}

/** Runs a trial with a client that keeps the chunks it gets. */
async function record(): Promise<Canned> {
  const kept: Uint8Array<ArrayBuffer>[] = []
  let headers: [string, string][] = []
  let url = ''
  const keeping: typeof fetch = async (input, init) => {
    const response = await fetch(input, init)
    headers = [...response.headers]
    url = response.url
    const keep = new TransformStream<Uint8Array<ArrayBuffer>, Uint8Array<ArrayBuffer>>({
      transform(chunk, controller) {
        kept.push(chunk)
        controller.enqueue(chunk)
      },
    })
    return new Response(response.body?.pipeThrough(keep) ?? null, response)
  }
  await runTrial({ scenario: streamScenario(() => streamAgent(keeping)), seed: 1, trial: 0, plan: { faults: [] } })
  return { url, headers, chunks: kept }
}

async function runOnFloor({ url, headers, chunks }: Canned): Promise<void> {
  const realFetch = globalThis.fetch
  globalThis.fetch = () => Promise.resolve(new CannedResponse(url, streamOf(chunks), { headers }))
  try {
    const agent: Agent = streamAgent()
    await agent({ id: 'voyage', input }, { signal: new AbortController().signal })
  } finally {
    globalThis.fetch = realFetch
  }
}

/** The cheapest stream there is of chunks that lie ready. */
function streamOf(chunks: readonly Uint8Array<ArrayBuffer>[]): ReadableStream<Uint8Array<ArrayBuffer>> {
  let next = 0
  return new ReadableStream(
    {
      pull(controller) {
        const chunk = chunks[next++]
        if (chunk === undefined) controller.close()
        else controller.enqueue(chunk)
      },
    },
    { highWaterMark: 0 },
  )
}

async function timed(run: (call: number) => Promise<unknown>): Promise<number> {
  const before = performance.now()
  for (let call = 0; call < calls; call++) await run(call)
  return performance.now() - before
}
