import { createOpenAI } from '@ai-sdk/openai'
import { type FinishReason, ToolLoopAgent, isStepCount } from 'ai'
import type { Agent } from 'shakedown'
import { supportInstructions } from '../support/support-agent.ts'
import { stopAfter, stopOf } from './ai-sdk-stop.ts'
import { supportToolSet } from './support-tool-set.ts'

interface Finished {
  readonly text: string
  readonly finishReason: FinishReason
}

/**
 * The support desk on the `ToolLoopAgent` of the Vercel AI SDK, with the SDK's own retries and timeouts and nothing added.
 *
 * @param way whether the model's replies come whole (`generate`) or in pieces (`stream`)
 */
export function createAiSdkAgent(way: 'generate' | 'stream'): Agent {
  const openai = createOpenAI({ apiKey: 'sk-ai-sdk' })
  const run = way === 'generate' ? generate : stream
  return async ({ input }, { signal }) => {
    const desk = supportDesk(openai)
    try {
      const { text, finishReason } = await run(desk, input, signal)
      return { answer: text === '' ? null : text, stop: stopAfter(finishReason) }
    } catch (thrown) {
      return { answer: null, stop: signal.aborted ? 'cancelled' : stopOf(thrown) }
    }
  }
}

type SupportDesk = ToolLoopAgent<never, typeof supportToolSet>

function supportDesk(openai: ReturnType<typeof createOpenAI>): SupportDesk {
  return new ToolLoopAgent({
    model: openai.chat('gpt-4.1-mini'),
    instructions: supportInstructions(),
    tools: supportToolSet,
    stopWhen: isStepCount(10),
    timeout: { totalMs: 240_000, stepMs: 60_000, toolMs: 10_000 },
    // Without it, the SDK writes the errors of streams to the console.
    onError: () => {},
  })
}

function generate(desk: SupportDesk, prompt: string, abortSignal: AbortSignal): Promise<Finished> {
  return desk.generate({ prompt, abortSignal })
}

/** Errors come as parts of the stream; the text is that of the last step. */
async function stream(desk: SupportDesk, prompt: string, abortSignal: AbortSignal): Promise<Finished> {
  const result = await desk.stream({ prompt, abortSignal })
  for await (const part of result.stream) if (part.type === 'error') throw part.error
  return { text: await result.text, finishReason: await result.finishReason }
}
