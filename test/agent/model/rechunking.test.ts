import * as fc from 'fast-check'
import { expect, it } from 'vitest'
import { asksFor, atTheDesk, callsOf, fault, refundTool } from '../_desk.ts'
import type { Desk } from '../_desk.ts'

const options: NonNullable<Desk['options']> = { stream: true, retry: { maxAttempts: 1 } }
/** The longest first piece: several frames long, so that each field of a frame is cut at each byte. */
const longestPiece = 1_000
const answer = 'Schön: 20 €, 完了.'

interface Framing {
  readonly pieceBytes: number
  readonly framesTogether: number
  readonly lineEnd: 'lf' | 'crlf' | 'cr'
}

type Provider = NonNullable<Desk['provider']>

const providers: readonly Provider[] = ['openai', 'anthropic']

/** One task that calls a tool and is answered, its streamed replies travelling so. */
async function outcomeOf(provider: Provider, framing: Framing | null) {
  const faults = framing === null ? [] : [fault('sse.frames.split', 'primary', undefined, { ...framing })]
  const asking = asksFor(refundTool)
  const primary: NonNullable<Desk['primary']> = (turn) =>
    turn.messages.some(({ role }) => role === 'tool') ? { content: answer } : asking(turn)
  const played = await atTheDesk({ provider, options, primary, faults }, (ask) => ask())
  const effects = played.events.flatMap((event) => (event.type === 'effect.applied' ? [event.effect] : []))
  const asked = played.events.flatMap((event) => (event.type === 'request.sent' && event.tool ? [event.tool] : []))
  const bodies = played.events.flatMap((event) =>
    event.type === 'response.end' && event.kind === 'model' ? [Buffer.byteLength(event.body)] : [],
  )
  return { said: { value: played.value, effects, asked, calls: callsOf(played, 'primary') }, bodies, played }
}

it.each(providers)(
  'no byte boundary at which a reply streamed by %s is cut changes the outcome',
  async (provider) => {
    const { said, bodies } = await outcomeOf(provider, null)
    expect(said.value).toEqual({ answer, stop: 'end_turn' })
    expect(said.effects).toHaveLength(1)
    expect(Math.min(...bodies)).toBeGreaterThan(longestPiece)
    // The whole reply comes at once, first cut behind each byte, and then again as far on; behind every byte at first.
    for (let pieceBytes = 1; pieceBytes <= longestPiece; pieceBytes++) {
      const { said: cut } = await outcomeOf(provider, { pieceBytes, framesTogether: 100_000, lineEnd: 'lf' })
      expect({ pieceBytes, ...cut }).toEqual({ pieceBytes, ...said })
    }
  },
  300_000,
)

it.each(providers)(
  'nor do other line ends of %s, and frames that come together',
  async (provider) => {
    const { said } = await outcomeOf(provider, null)
    const framing = fc.record({
      pieceBytes: fc.oneof(fc.constant(1), fc.integer({ min: 1, max: 4_000 })),
      framesTogether: fc.integer({ min: 1, max: 30 }),
      lineEnd: fc.constantFrom('lf' as const, 'crlf' as const, 'cr' as const),
    })
    await fc.assert(
      fc.asyncProperty(framing, async (how) => {
        expect((await outcomeOf(provider, how)).said).toEqual(said)
      }),
      { numRuns: 150 },
    )
  },
  120_000,
)
