import * as fc from 'fast-check'
import { z } from 'zod'
import type { JsonObject } from '../../contract/json.ts'
import type { BodyChunk, Reply } from '../../wire/reply.ts'
import { type AnyMember, type CatalogueMember, defineMember } from '../catalogue-member.ts'
import { bytesOf, framesIn } from './body-bytes.ts'

/** A narrow connection hands its bytes on ten times a second. */
const tickMs = 100
/** Or less often, so that a long body does not come in more pieces than these. */
const mostPieces = 200

/** What is slow below HTTP once an answer has begun: it says the same. */
export const slowConnectionMembers: readonly AnyMember[] = [
  slow({
    id: 'net.bandwidth',
    summary: 'the body comes at no more than so many bytes a second',
    source: 'Toxiproxy bandwidth',
    parameters: z.strictObject({
      bytesPerSecond: z.int().min(1).default(1_000).describe('bytes of the body that pass in a second'),
    }),
    arbitrary: fc.record({ bytesPerSecond: fc.constantFrom(10_000, 1_000, 100) }),
    change: (reply, { bytesPerSecond }) => ({ ...reply, body: narrowed(framesIn(reply), bytesPerSecond) }),
  }),
  slow({
    id: 'net.slow_close',
    summary: 'a body that only the end of the connection delimits is whole, and the connection ends ms later',
    source: 'Toxiproxy slow_close; measured with Node fetch, whose text() waits for the end',
    parameters: z.strictObject({
      ms: z.int().min(1).max(3_600_000).default(8_000).describe('virtual milliseconds by which the end is late'),
    }),
    arbitrary: fc.record({ ms: fc.constantFrom(500, 8_000, 60_000) }),
    change: (reply, { ms }) => {
      const { 'transfer-encoding': _, 'content-length': __, ...headers } = reply.headers
      const body = framesIn(reply)
      return { ...reply, headers: { ...headers, connection: 'close' }, body, ending: { lateMs: ms } }
    },
  }),
]

interface Slow<Parameters extends JsonObject> extends Pick<
  CatalogueMember<Parameters>,
  'id' | 'summary' | 'source' | 'parameters' | 'arbitrary'
> {
  readonly change: (reply: Reply, parameters: Parameters) => Reply
}

function slow<Parameters extends JsonObject>({ change, ...described }: Slow<Parameters>): AnyMember {
  return defineMember({
    ...described,
    family: 'transport',
    targets: ['model', 'tool', 'mcp'],
    bookedOn: 'target',
    strike: (_call, parameters) => ({
      mayMiss: true,
      goesWithOthers: true,
      afterwards: (reply) => (bytesOf(reply) === 0 || reply.ending !== undefined ? reply : change(reply, parameters)),
    }),
  })
}

/** Each piece comes when its bytes have, after those before it. */
function narrowed(frames: readonly BodyChunk[], bytesPerSecond: number): BodyChunk[] {
  const total = frames.reduce((sum, { bytes }) => sum + bytes.byteLength, 0)
  const size = Math.max(1, Math.ceil((bytesPerSecond * tickMs) / 1_000), Math.ceil(total / mostPieces))
  const pieces = frames.flatMap(({ afterMs, bytes }) =>
    Array.from({ length: Math.ceil(bytes.byteLength / size) }, (_, index) => ({
      afterMs: index === 0 ? afterMs : 0,
      bytes: bytes.slice(index * size, (index + 1) * size),
    })),
  )
  const clock = { sentMs: 0, clearMs: 0, gotMs: 0 }
  return pieces.map(({ afterMs, bytes }) => {
    clock.sentMs += afterMs
    clock.clearMs = Math.max(clock.sentMs, clock.clearMs) + (bytes.byteLength * 1_000) / bytesPerSecond
    const atMs = Math.ceil(clock.clearMs)
    const waitMs = atMs - clock.gotMs
    clock.gotMs = atMs
    return { afterMs: waitMs, bytes }
  })
}
