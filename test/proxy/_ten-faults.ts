import type { FaultPlan } from 'shakedown'
import { framesOf } from './_chat-service.ts'

/** What the user says in every call; a character of three bytes is among it. */
export const said = 'ten euros are 10 €'
const frames = framesOf(said)
const whole = frames.join('')
const two = frames.slice(0, 2).join('')
const third = frames[2] ?? ''

/** What one call shows of its answer: how it ends is in the words of each client. */
interface Sight {
  readonly id: string
  readonly parameters?: FaultPlan['faults'][number]['parameters']
  /** 0 where no answer begins. */
  readonly status: number
  /** The whole of what arrives, or something that is in it. */
  readonly body: string | RegExp
  readonly ended: 'complete' | 'closed' | 'reset'
}

/** Ten faults, one a call, and what a client of a stream sees of each by the catalogue. */
export const tenFaults: readonly Sight[] = [
  {
    id: 'openai.429.tpm',
    parameters: { waitMs: 2_000 },
    status: 429,
    body: /"rate_limit_exceeded"/,
    ended: 'complete',
  },
  { id: 'openai.500', status: 500, body: /"server_error"/, ended: 'complete' },
  { id: 'gateway.502', status: 502, body: /<h1>502 Bad Gateway<\/h1>/, ended: 'complete' },
  { id: 'sse.cut.chunked', parameters: { afterFrames: 2 }, status: 200, body: two, ended: 'closed' },
  { id: 'sse.cut.reset', parameters: { afterFrames: 2 }, status: 200, body: two, ended: 'reset' },
  {
    id: 'sse.cut.close',
    parameters: { afterFrames: 2 },
    status: 200,
    body: two + third.slice(0, third.length / 2),
    ended: 'complete',
  },
  { id: 'sse.cut.clean', parameters: { afterFrames: 2 }, status: 200, body: two, ended: 'complete' },
  { id: 'sse.utf8.split', status: 200, body: whole, ended: 'complete' },
  { id: 'net.reset', parameters: { isWorkDone: false }, status: 0, body: '', ended: 'reset' },
  { id: 'net.close', status: 0, body: '', ended: 'closed' },
]

/** What a call without a fault shows. */
export const untouched: Sight = { id: 'none', status: 200, body: whole, ended: 'complete' }

/** The plan: one fault a call, in their order. */
export const plan: FaultPlan = {
  faults: tenFaults.map(({ id, parameters = {} }, index) => ({
    id,
    parameters,
    target: { kind: 'model', name: '*' },
    trigger: { on: 'nth', n: index + 1 },
  })),
}
