import OpenAI from 'openai'
import { parseAgentOptions } from './agent-options.ts'
import type { AgentOptions } from './agent-options.ts'
import { defaultParts } from './agent-parts.ts'
import type { AgentParts } from './agent-parts.ts'
import { EffectLedger } from './effect-ledger.ts'
import type { AgentOutcome, ReferenceAgent } from './outcome.ts'
import { runSteps } from './step-loop.ts'
import { StopError } from './stop-error.ts'
import type { TaskRun } from './task-run.ts'

/**
 * Makes the reference agent: a step loop on the OpenAI client with typed tools, its own retries, timeouts and policy.
 *
 * The SDK's retries are off: it repeats requests that no wait can mend and shortens waits that the server asked for.
 * Tasks of one agent share the client and nothing else.
 *
 * @param parts replacements for single decisions, for variants that differ in one behaviour
 * @throws {TypeError} one sentence, where an option is wrong; a task never rejects
 */
export function createReferenceAgent(options: AgentOptions, parts: Partial<AgentParts> = {}): ReferenceAgent {
  const settings = parseAgentOptions(options)
  const { apiKey, baseURL } = settings.client
  const client = new OpenAI({ apiKey, baseURL, organization: null, project: null, maxRetries: 0, logLevel: 'off' })
  return (task, { signal }) => {
    const state = { ledger: new EffectLedger(task.id), denied: new Set<string>() }
    return settle({ task, signal, settings, client, parts: { ...defaultParts, ...parts }, ...state })
  }
}

async function settle(run: TaskRun): Promise<AgentOutcome> {
  try {
    return await runSteps(run)
  } catch (error) {
    // Whatever else went wrong on the way down, a cancelled task was cancelled.
    if (run.signal.aborted) return { answer: null, stop: 'cancelled' }
    return { answer: null, stop: error instanceof StopError ? error.stop : 'error' }
  }
}
