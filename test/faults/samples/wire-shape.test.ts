import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import { catalogue, catalogueMember } from '../../../src/faults/catalogue.ts'
import { printedBytes, printedText } from '../../../src/faults/samples/printed-bytes.ts'
import { sampleCalls } from '../../../src/faults/samples/sample-calls.ts'
import { wireShape } from '../../../src/faults/samples/wire-shape.ts'
import { shakedown } from '../../cli/_shakedown.ts'

const inPieces = z.object({ body: z.array(z.object({ afterMs: z.number(), bytes: z.string() })) })

const [asked, notAsked] = [true, false].map((isAsked) =>
  catalogue.filter((member) => sampleCalls(member).length > 0 === isAsked),
)

it.each((asked ?? []).map((member) => [member.id, member] as const))(
  '%s shows itself on a sample call with its defaults, each time the same',
  async (_id, member) => {
    const shape = await wireShape(member)
    expect(shape).not.toBeNull()
    expect(await wireShape(member)).toEqual(shape)
    if (member.family === 'streams') expect(inPieces.parse(shape?.answer).body.length).toBeGreaterThan(1)
  },
)

it('only what befalls files, functions, clocks and processes has no bytes to show', () => {
  const withoutWire = (notAsked ?? []).filter(
    ({ family, seams = ['http'] }) => seams.includes('http') && !['clock', 'process'].includes(family),
  )
  expect(withoutWire.map(({ id }) => id)).toEqual([])
})

describe('the shape of a fault', () => {
  const answerOf = async (id: string) => (await wireShape(catalogueMember(id)))?.answer

  it('is the status, the headers and the body that a client would get', async () => {
    expect(await answerOf('openai.429.quota')).toMatchObject({
      status: 429,
      headers: { 'content-type': 'application/json' },
      body: expect.stringContaining('"code":"insufficient_quota"'),
    })
  })

  it('is how a connection fails, or that nothing comes', async () => {
    expect(await answerOf('net.refused')).toEqual({ failure: 'ECONNREFUSED', message: 'connect ECONNREFUSED' })
    expect(await answerOf('net.hang.headers')).toEqual({ silence: true })
    expect(await answerOf('sse.stall')).toMatchObject({ status: 200, ending: { silence: true } })
  })

  it('shows where a character was cut', async () => {
    const { body } = inPieces.parse(await answerOf('sse.utf8.split'))
    const cut = body.findIndex(({ bytes }) => bytes.endsWith(String.raw`\xe2`))
    expect(body[cut + 1]?.bytes).toMatch(/^\\x82\\xac/)
  })

  it('is short, however much was sent', async () => {
    expect(JSON.stringify(await answerOf('body.huge')).length).toBeLessThan(3_000)
  })
})

describe('printing', () => {
  it('leaves out most of a long text and says how much', () => {
    expect(printedText('a'.repeat(1_200))).toBe('a'.repeat(1_200))
    expect(printedText('a'.repeat(1_201))).toBe(`${'a'.repeat(600)}… and 601 more characters`)
  })

  it('leaves text alone and shows other bytes by their numbers', () => {
    expect(printedBytes(Buffer.from('10 €\n'))).toBe('10 €\n')
    expect(printedBytes(Buffer.from([0x31, 0xe2, 0x82]))).toBe(String.raw`1\xe2\x82`)
  })
})

it('`list faults --json` tells programs all that there is to know of each', () => {
  const row = z.object({
    id: z.string(),
    family: z.string(),
    targets: z.array(z.string()).min(1),
    dialects: z.array(z.string()),
    seams: z.array(z.string()).min(1),
    summary: z.string().min(1),
    parameters: z.object({ properties: z.record(z.string(), z.looseObject({ description: z.string() })) }),
    wire: z.object({ call: z.string(), delayMs: z.number(), answer: z.looseObject({}) }).nullable(),
    source: z.string().min(1),
  })
  const { exitCode, stdout } = shakedown(['list', 'faults', '--json'])
  expect(exitCode).toBe(0)
  const rows = z.array(row).parse(JSON.parse(stdout))
  expect(rows.map(({ id }) => id)).toEqual(catalogue.map(({ id }) => id))
  const chat = rows.find(({ id }) => id === 'openai.429.tpm')
  expect(chat?.parameters.properties).toMatchObject({ waitMs: { type: 'integer', minimum: 1, default: 1_000 } })
  expect(rows.find(({ id }) => id === 'sse.order')?.dialects).toEqual(['anthropic.messages'])
})
