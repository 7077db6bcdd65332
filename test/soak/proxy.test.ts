import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { setTimeout as wait } from 'node:timers/promises'
import * as fc from 'fast-check'
import { expect, it } from 'vitest'
import { realClock } from '../../src/simulation/real-clock.ts'
import { chatRequest, chatService, framesOf } from '../proxy/_chat-service.ts'
import { RawClient, answering, proxyFor } from '../proxy/_proxy.ts'

const streams = 200
const durationMs = 30_000
const target = { kind: 'model', name: '*' } as const

/** Faults that end a stream early in every way, and some that only change how it comes. */
const faults = [
  { id: 'sse.cut.chunked', parameters: { afterFrames: 3 }, target, trigger: { on: 'rate', rate: 0.05 } as const },
  { id: 'sse.cut.reset', parameters: { afterFrames: 3 }, target, trigger: { on: 'rate', rate: 0.05 } as const },
  { id: 'sse.cut.clean', parameters: { afterFrames: 3 }, target, trigger: { on: 'rate', rate: 0.05 } as const },
  { id: 'openai.503', parameters: {}, target, trigger: { on: 'rate', rate: 0.05 } as const },
  { id: 'net.reset', parameters: { isWorkDone: false }, target, trigger: { on: 'rate', rate: 0.05 } as const },
  { id: 'latency.fixed', parameters: { ms: 20 }, target, trigger: { on: 'rate', rate: 0.1 } as const },
  { id: 'sse.slow_tokens', parameters: { ms: 2 }, target, trigger: { on: 'rate', rate: 0.2 } as const },
  { id: 'sse.utf8.split', parameters: {}, target, trigger: { on: 'rate', rate: 0.2 } as const },
]

/** How one stream came out: as much of it as a fault let through, and not a byte of another. */
async function stream(url: string, said: string): Promise<'whole' | 'cut' | 'refused' | 'mixed up'> {
  let text = ''
  try {
    const response = await fetch(`${url}/v1/chat/completions`, { method: 'POST', body: chatRequest(said, true) })
    if (response.status !== 200 || response.body === null) {
      await response.arrayBuffer()
      return 'refused'
    }
    for await (const piece of response.body.pipeThrough(new TextDecoderStream())) text += piece
  } catch {
    return framesOf(said).join('').startsWith(text) ? 'cut' : 'mixed up'
  }
  const whole = framesOf(said).join('')
  if (text === whole) return 'whole'
  return whole.startsWith(text) ? 'cut' : 'mixed up'
}

setFlagsFromString('--expose-gc')
const collect: () => void = runInNewContext('gc')

/** What is really held: the heap grows and shrinks by itself. */
function heapAfterCollection(): number {
  collect()
  return process.memoryUsage().heapUsed
}

it(`${streams} streams at a time for ${durationMs / 1000} s with faults: none mixed up, memory flat, a clean end`, async () => {
  await using service = await chatService()
  await using proxy = await proxyFor(service.origin, { faults })
  const { trace } = proxy.running
  // The trace keeps a fixed number of events; memory can be flat only once that is reached, however fast the machine is.
  let fullSinceMs = Infinity
  const isOver = (): boolean => realClock.monotonicMs() - fullSinceMs >= durationMs
  const outcomes = { whole: 0, cut: 0, refused: 0, 'mixed up': 0 }
  const heaps: number[] = []
  const client = async (number: number): Promise<void> => {
    for (let turn = 0; !isOver(); turn++) {
      const said = Array.from({ length: 40 }, (_, word) => `€${number}-${turn}-${word}`).join(' ')
      outcomes[await stream(proxy.url, said)]++
    }
  }
  const watch = async (): Promise<void> => {
    while (!isOver()) {
      await wait(1_000)
      if (trace.forgotten === 0) continue
      fullSinceMs = Math.min(fullSinceMs, realClock.monotonicMs())
      heaps.push(heapAfterCollection())
    }
  }
  await Promise.all([watch(), ...Array.from({ length: streams }, (_, number) => client(number))])
  console.log(outcomes, heaps.map((bytes) => Math.round(bytes / 1024 / 1024)).join(' '), 'MB')
  expect(outcomes['mixed up']).toBe(0)
  expect(Math.min(outcomes.whole, outcomes.cut, outcomes.refused)).toBeGreaterThan(0)
  const half = heaps.length >> 1
  const [early, late] = [Math.max(...heaps.slice(0, half)), Math.max(...heaps.slice(half))]
  expect(late).toBeLessThan(early * 1.25)
  const open = Array.from({ length: streams }, (_, number) => stream(proxy.url, `${number} `.repeat(1_000)))
  await proxy.running.close(0)
  expect(await Promise.all(open)).not.toContain('mixed up')
})

const junk = fc.oneof(
  fc.uint8Array({ maxLength: 300 }).map((bytes) => Buffer.from(bytes)),
  fc.string({ maxLength: 300 }).map((text) => Buffer.from(text)),
)

/** Requests that are almost right: each part may be missing, doubled, too long or a lie. */
const almost = fc
  .record({
    line: fc.oneof(
      fc.constantFrom(
        'GET / HTTP/1.1',
        'POST /v1/chat/completions HTTP/1.1',
        'HEAD / HTTP/1.0',
        'GET http://x/ HTTP/1.1',
      ),
      fc.constantFrom('CONNECT a:1 HTTP/1.1', 'GET  / HTTP/1.1', 'PRI * HTTP/2.0', 'GET / HTTP/1.1\n', ''),
    ),
    host: fc.constantFrom('Host: 127.0.0.1:PORT', 'Host: evil.test', 'Host: 127.0.0.1:PORT\r\nHost: x', 'X: y'),
    body: fc.constantFrom(
      ...[
        '',
        'Content-Length: 5',
        'Content-Length: 999999',
        'Content-Length: -1',
        'Content-Length: 1\r\nContent-Length: 2',
      ],
      ...['Transfer-Encoding: chunked', 'Transfer-Encoding: gzip', 'Transfer-Encoding: chunked\r\nContent-Length: 3'],
      ...['Expect: 100-continue\r\nContent-Length: 5', 'Upgrade: websocket\r\nConnection: Upgrade'],
    ),
    header: fc.oneof(
      fc.constantFrom('', ' folded', 'no colon', 'X : y', 'X: \0', `X: ${'x'.repeat(70_000)}`),
      fc.constant(Array.from({ length: 500 }, (_, index) => `X-${index}: y`).join('\r\n')),
    ),
    content: fc.oneof(
      junk,
      fc.constantFrom(...['hello', '5\r\nhello\r\n0\r\n\r\n', 'ZZ\r\n', 'f\r\nshort'].map((text) => Buffer.from(text))),
    ),
  })
  .map(({ line, host, body, header, content }) => {
    const lines = [line, host, body, header].filter((text) => text !== '')
    return Buffer.concat([Buffer.from(`${lines.join('\r\n')}\r\n\r\n`), content])
  })

it('100 000 fuzzed requests never crash it', async () => {
  await using server = await answering('HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok')
  await using proxy = await proxyFor(server.origin)
  const own = Buffer.from(String(proxy.port))
  const send = async (bytes: Buffer): Promise<void> => {
    using client = await RawClient.open(proxy.port)
    const text = bytes.toString('latin1').replaceAll('PORT', own.toString())
    client.socket.end(Buffer.from(text, 'latin1'))
    await client.ended()
  }
  const requests = fc.oneof({ weight: 3, arbitrary: almost }, { weight: 1, arbitrary: junk })
  const atOnce = 50
  for (let seed = 0; seed < 100_000 / atOnce; seed++) {
    await Promise.all(fc.sample(requests, { seed, numRuns: atOnce }).map(send))
  }
  const response = await fetch(proxy.url)
  expect([response.status, await response.text()]).toEqual([200, 'ok'])
  expect(proxy.defects).toEqual([])
})
