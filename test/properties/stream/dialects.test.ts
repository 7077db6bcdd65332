import { describe, expect, it } from 'vitest'
import type { Fault } from '../../../src/contract/fault.ts'
import { type JsonObject, jsonObjectSchema } from '../../../src/contract/json.ts'
import { propertyById } from '../../../src/properties/properties.ts'
import { TraceBuilder, sentenceOf, verdictOf } from '../_trace.ts'
import { type Rule, type SpokenDialect, spoken, verdictIn } from './_dialects.ts'

const strike = (id: string, parameters: JsonObject): Fault => ({
  ...{ id, parameters, target: { kind: 'model', name: '*' }, trigger: { on: 'nth', n: 1 } },
})
const refund = { reply: { toolCalls: [{ name: 'issue_refund', arguments: { orderId: 'A-17-4711' } }] } }
const words = { reply: { content: 'Your order is on its way to you.' } }
const all = Object.keys(spoken) as SpokenDialect[]
/** Where calls come in pieces; Gemini's come whole, in one chunk each. */
const inPieces = ['openai.chat', 'openai.responses', 'anthropic.messages', 'bedrock.converse'] as const

function parsed(json: string): JsonObject | null {
  try {
    return jsonObjectSchema.parse(JSON.parse(json))
  } catch {
    return null
  }
}

/** Acts on a whole reply with arguments that are JSON, and on nothing else. */
const careful: Rule = ({ text, calls, isOver }, thrown) => {
  if (!isOver || thrown !== null) return { answer: null, calls: [] }
  const sound = [...calls.values()].map(({ json }) => parsed(json))
  return { answer: text === '' ? null : text, calls: sound.filter((call) => call !== null) }
}

/** Takes what has come for what was meant, and closes quotes and braces itself. */
const careless: Rule = ({ text, calls }) => ({
  answer: text === '' ? null : text,
  calls: [...calls.values()].map(({ json }) => {
    const closed = [json, `${json}"}`, `${json}}`, `${json.slice(0, json.indexOf('}'))}}`].map(parsed)
    return closed.find((call) => call !== null) ?? {}
  }),
})

/** Frames that come before the arguments of the call, so that half of them have come by then. */
const insideArguments: Record<SpokenDialect, number> = {
  'openai.chat': 4,
  'openai.responses': 6,
  'anthropic.messages': 6,
  'google.gemini': 0,
  'bedrock.converse': 4,
}
/** The first piece of the arguments: a brace and a quote, which no JSON has twice. */
const firstPiece: Record<(typeof inPieces)[number], number> = {
  'openai.chat': 2,
  'openai.responses': 3,
  'anthropic.messages': 4,
  'bedrock.converse': 2,
}
const cuts = ['sse.cut.chunked', 'sse.cut.clean', 'sse.cut.close'] as const

describe.each(all)('a stream of %s', (dialect) => {
  it('that was cut is no answer, as Z11 sees', async () => {
    const scene = { ...words, faults: [strike('sse.cut.clean', { afterFrames: 6 })] }
    // In Gemini's streams pieces are few and each is as whole as the last.
    if (dialect === 'google.gemini') scene.faults = [strike('sse.cut.clean', { afterFrames: 1 })]
    expect(await verdictIn(dialect, 'Z11', careless, scene)).toContain('without ever becoming whole')
    expect(await verdictIn(dialect, 'Z11', careful, scene)).toBe('holds')
  })
})

describe.each(['openai.chat', 'openai.responses', 'anthropic.messages', 'google.gemini'] as const)(
  'a stream of %s in other pieces',
  (dialect) => {
    it('says the same to its client, as Z2 sees', async () => {
      expect(await verdictIn(dialect, 'Z2', careful, refund)).toBe('holds')
      // Whoever acts on how a stream came, and not on what it said, is found out.
      let runs = 0
      const counting: Rule = () => ({ answer: `run ${runs++}`, calls: [] })
      expect(await verdictIn(dialect, 'Z2', counting, words)).toContain('but with the same streams in other pieces')
    })
  },
)

describe.each(inPieces)('a tool call in a stream of %s', (dialect) => {
  it.each(cuts)('that is half, for %s, is not executed, as Z1 sees', async (id) => {
    const scene = { ...refund, faults: [strike(id, { afterFrames: insideArguments[dialect] })] }
    const found = await verdictIn(dialect, 'Z1', careless, scene)
    // The bytes of Bedrock come with the whole body alone, and half a frame is none to its codec.
    if (dialect === 'bedrock.converse' && id !== 'sse.cut.clean') expect(found).toBe('holds')
    else expect(found).toMatch(/^tool "issue_refund" was called .* but only call 0 had asked for it, with "/)
    expect(await verdictIn(dialect, 'Z1', careful, scene)).toBe('holds')
  })

  it('whose arguments a repeated frame has spoilt is not executed with others, as Z3 sees', async () => {
    const scene = { ...refund, faults: [strike('sse.dup', { afterFrames: firstPiece[dialect] })] }
    const found = await verdictIn(dialect, 'Z3', () => ({ answer: null, calls: [{ orderId: 'A-' }] }), scene)
    expect(found).toMatch(/^tool "issue_refund" was called .* whose stream was damaged, .* which is no JSON object$/)
    expect(await verdictIn(dialect, 'Z3', careful, scene)).toBe('holds')
    // What the frames without the damage spell may be executed, however it was found.
    const mended: Rule = () => ({ answer: null, calls: [{ orderId: 'A-17-4711' }] })
    expect(await verdictIn(dialect, 'Z3', mended, scene)).toBe('holds')
  })

  it('in a stream that told of an error is not executed, as Z4 sees', async () => {
    const [id, parameters] = errors[dialect]
    const scene = { ...refund, faults: [strike(id, { afterFrames: insideArguments[dialect], ...parameters })] }
    const half: Rule = ({ calls }) => ({ answer: null, calls: calls.size > 0 ? [{ orderId: 'A-' }] : [] })
    const found = await verdictIn(dialect, 'Z4', half, scene)
    expect(found).toContain('told of an error')
    expect(await verdictIn(dialect, 'Z4', careful, scene)).toBe('holds')
  })
})

const errors: Record<(typeof inPieces)[number], readonly [id: string, parameters: JsonObject]> = {
  'openai.chat': ['sse.error.openai.chat', {}],
  'openai.responses': ['sse.error.responses.nested', {}],
  'anthropic.messages': ['sse.error.anthropic', { status: 529 }],
  'bedrock.converse': ['sse.error.bedrock', {}],
}

describe.each(['openai.responses', 'anthropic.messages', 'bedrock.converse'] as const)(
  'behind the end of a stream of %s',
  (dialect) => {
    const { late } = spoken[dialect]
    /** Stops listening at the end. */
    const deaf: Rule = () => ({ answer: words.reply.content, calls: [] })

    it('words are none, as Z5 sees', async () => {
      const scene = { ...words, late: late.word }
      expect(await verdictIn(dialect, 'Z5', careless, scene)).toContain(
        'with "More." appended, which came after the end',
      )
      expect(await verdictIn(dialect, 'Z5', deaf, scene)).toBe('holds')
      expect(await verdictIn(dialect, 'Z5', careless, words)).toBe('vacuous')
    })

    it('calls are none, as Z5 sees', async () => {
      const scene = { ...words, late: late.call }
      const found = await verdictIn(dialect, 'Z5', careless, scene)
      expect(found).toContain('but only what came after the end of the stream of call 0 names it')
      expect(await verdictIn(dialect, 'Z5', deaf, scene)).toBe('holds')
    })
  },
)

/** The data of each frame of a whole reply that asks for a refund, one of them cut. */
const unreadable: Readonly<Record<string, readonly string[]>> = {
  'openai.responses': [
    '{"type":"response.output_item.added","output_index":0,"item":{"type":"function_call","name":"issue_refund","arguments":""}}',
    '{"type":"response.function_call_arguments.delta","output_index":0,"delta":"{\\"orderId\\":"}',
    '{"type":"response.heart',
    '{"type":"response.function_call_arguments.delta","output_index":0,"delta":"\\"A-1\\"}"}',
    '{"type":"response.completed","response":{}}',
  ],
  'anthropic.messages': [
    '{"type":"message_start","message":{}}',
    '{"type":"content_block_start","index":0,"content_block":{"type":"tool_use","id":"t","name":"issue_refund","input":{}}}',
    '{"type":"content_block_delta","index":0,"delta":{"type":"input_json_delta","partial_json":"{\\"orderId\\":"}}',
    '{"type":"pi',
    '{"type":"content_block_delta","index":0,"delta":{"type":"input_json_delta","partial_json":"\\"A-1\\"}"}}',
    '{"type":"message_stop"}',
  ],
}

describe.each(Object.entries(unreadable))('an unreadable frame in a stream of %s', (_dialect, frames) => {
  const body = frames.map((data) => `event: any\ndata: ${data}\n\n`).join('')
  const judged = (id: string, args: JsonObject) => {
    const property = propertyById(id)
    const trace = new TraceBuilder().begun(0)
    const call = trace.model({ stream: true })
    const half = { id: 'c', name: 'issue_refund', arguments: '{"orderId":' }
    trace.struck(call, 'sse.partial_json').stopsShort(call, { toolCalls: [half] }, 'cut', body)
    trace.tool('issue_refund', args)
    return property && sentenceOf(verdictOf(property, trace))
  }

  it('does not make half a call of a whole one, for an agent that reads on over it', () => {
    for (const id of ['Z1', 'Z3']) expect(judged(id, { orderId: 'A-1' }), id).toBe('holds')
  })

  it('excuses no other arguments, as Z3 sees', () => {
    const noun = 'which is no JSON object'
    expect(judged('Z3', { orderId: 'A-2' })).toContain(noun)
  })
})
