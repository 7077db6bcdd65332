import { describe, expect, it } from 'vitest'
import type { Agent } from '../../../src/contract/task.ts'
import { every } from '../../../src/faults/sources/every.ts'
import { openAiChat } from '../../../src/wire/openai/openai-chat.ts'
import { refundScenario, runUnder } from './_refunds.ts'

const model = { kind: 'model', name: 'openai' } as const
const request = { model: 'gpt-5-mini', messages: [{ role: 'user', content: 'Hello' }], stream: true }

/** Reads a streamed reply until it has come to these words, and hangs up. */
function readsUntil(words: string): Agent {
  return async () => {
    const body = JSON.stringify(request)
    const headers = { authorization: 'Bearer sk-test', 'content-type': 'application/json' }
    const answer = await fetch('https://api.openai.com/v1/chat/completions', { method: 'POST', headers, body })
    const reader = answer.body?.pipeThrough(new TextDecoderStream()).getReader()
    let text = ''
    while (reader && !text.includes(words)) {
      const { done, value } = await reader.read()
      if (done) throw new Error(`the reply ended before it said "${words}": ${text}`)
      text += value
    }
    await reader?.cancel()
    return { answer: 'Hello.', stop: 'end_turn' }
  }
}

/** How often a block at the answer and other pieces have struck, and what happened once the stream was given up. */
async function hungUpAt(words: string) {
  const upstreams = () => [openAiChat({ script: () => ({ content: 'Hello, what can I do for you?' }) })]
  const { deliveries, told } = await runUnder(
    refundScenario(() => readsUntil(words), { upstreams }),
    every('process.block', model, { forMs: 1_000 }),
    every('sse.frames.split', model, { pieceBytes: 7, lineEnd: 'crlf' }),
  )
  return { deliveries, told: told.filter((what) => /response\.end|request\.aborted|process\.blocked/.test(what)) }
}

describe('what happens to a process once a call is answered', () => {
  it('happens to one that hangs up on a stream that is whole, before its last bytes', async () => {
    const { deliveries, told } = await hungUpAt('[DONE]')
    expect(told.map((what) => what.replace(/^\d+ /, ''))).toEqual(['response.end openai', 'process.blocked'])
    expect(deliveries).toEqual([1, 1])
  })

  it('does not happen to one that gives up half of an answer', async () => {
    const { deliveries, told } = await hungUpAt('data')
    expect(told.map((what) => what.replace(/^\d+ /, ''))).toEqual(['request.aborted openai'])
    expect(deliveries).toEqual([0, 1])
  })
})
