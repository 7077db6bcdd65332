import { judgeFor } from '../src/scenario/finding.ts'
import { runTrial } from '../src/scenario/trial.ts'
import { CannedResponse } from './canned-response.ts'
import { chatAgent } from './chat-agent.ts'
import { benchPlan, chatScenario } from './chat-scenario.ts'
import { median } from './median.ts'

interface Canned {
  readonly url: string
  readonly status: number
  readonly headers: [string, string][]
  readonly body: string
}

const trials = 50
const repeats = 10
const rounds = 15

/**
 * A model call inside a trial (faults on, judged, hashed) over the same SDK call with a canned `fetch`.
 *
 * The canned answers are the very ones that the trials got, in their order, so that both sides do the same work in the
 * SDK; rounds alternate in one process, and the median of their ratios counts.
 */
export async function callOverSdkFloor(): Promise<{ callOverSdkFloor: number; microsecondsPerCall: number }> {
  const scenario = chatScenario()
  const judge = judgeFor(scenario)
  const world = (trial: number) => runTrial({ scenario, judge, seed: 1, trial, plan: benchPlan })
  const recorded: Canned[][] = []
  for (let trial = 0; trial < trials; trial++) recorded.push(await record(trial))
  const calls = recorded.reduce((sum, answers) => sum + answers.length, 0) * repeats

  const ratios: number[] = []
  const perCall: number[] = []
  for (let round = 0; round < rounds; round++) {
    const floorMs = await timed(() => everyTrial((trial) => runOnFloor(recorded[trial] ?? [])))
    const worldMs = await timed(() => everyTrial((trial) => world(trial)))
    ratios.push(worldMs / floorMs)
    perCall.push((worldMs * 1000) / calls)
  }
  return { callOverSdkFloor: median(ratios), microsecondsPerCall: median(perCall) }
}

/** Runs a trial with a client that keeps every answer it gets, headers included. */
async function record(trial: number): Promise<Canned[]> {
  const answers: Canned[] = []
  const keeping: typeof fetch = async (input, init) => {
    const response = await fetch(input, init)
    const { url, status } = response
    answers.push({ url, status, headers: [...response.headers], body: await response.clone().text() })
    return response
  }
  const scenario = chatScenario(() => chatAgent(keeping))
  await runTrial({ scenario, seed: 1, trial, plan: benchPlan })
  return answers
}

async function runOnFloor(answers: readonly Canned[]): Promise<void> {
  const realFetch = globalThis.fetch
  let next = 0
  globalThis.fetch = () => {
    const { url, status, headers, body } = answers[next++] ?? { url: '', status: 500, headers: [], body: '' }
    return Promise.resolve(new CannedResponse(url, body, { status, headers }))
  }
  try {
    const signal = new AbortController().signal
    await chatAgent()({ id: 'orders', input: 'Where are my orders A-1001, A-1002 and A-1003?' }, { signal })
  } finally {
    globalThis.fetch = realFetch
  }
}

async function everyTrial(run: (trial: number) => Promise<unknown>): Promise<void> {
  for (let repeat = 0; repeat < repeats; repeat++) {
    for (let trial = 0; trial < trials; trial++) await run(trial)
  }
}

async function timed(run: () => Promise<void>): Promise<number> {
  const before = performance.now()
  await run()
  return performance.now() - before
}
