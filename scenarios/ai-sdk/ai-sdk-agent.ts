import { createOpenAI } from '@ai-sdk/openai'
import { ToolLoopAgent, isStepCount } from 'ai'
import type { Agent } from 'shakedown'
import { supportInstructions } from '../support/support-agent.ts'
import { stopAfter, stopOf } from './ai-sdk-stop.ts'
import { supportToolSet } from './support-tool-set.ts'

/** The support desk on the `ToolLoopAgent` of the Vercel AI SDK, with the SDK's own retries and timeouts and nothing added. */
export function createAiSdkAgent(): Agent {
  const openai = createOpenAI({ apiKey: 'sk-ai-sdk' })
  return async ({ input }, { signal }) => {
    const agent = new ToolLoopAgent({
      model: openai.chat('gpt-4.1-mini'),
      instructions: supportInstructions(),
      tools: supportToolSet,
      stopWhen: isStepCount(10),
      timeout: { totalMs: 240_000, stepMs: 60_000, toolMs: 10_000 },
    })
    try {
      const { text, finishReason } = await agent.generate({ prompt: input, abortSignal: signal })
      return { answer: text === '' ? null : text, stop: stopAfter(finishReason) }
    } catch (thrown) {
      return { answer: null, stop: signal.aborted ? 'cancelled' : stopOf(thrown) }
    }
  }
}
