import * as fc from 'fast-check'
import { z } from 'zod'
import type { Reply } from '../../wire/reply.ts'
import type { AnyMember } from '../catalogue-member.ts'
import { anthropicOnly } from './spoken-in.ts'
import { frameOf, textOf } from './stream-frames.ts'
import { wrongReply } from './wrong-reply.ts'

const none = z.strictObject({})
/** Inside a text of the model the quotes are escaped, so this is found in no other place. */
const stopReason = /"stop_reason":"[a-z_]+"/

/** Stop reasons of Anthropic's alone, which are no end of a turn. */
export const anthropicStopMembers: readonly AnyMember[] = [
  stopping(
    'stop.pause_turn',
    'pause_turn',
    'the turn was paused and has to be continued',
    '@anthropic-ai/sdk 1 resources/messages (StopReason); vercel/ai takes it for stop',
  ),
  stopping(
    'stop.window',
    'model_context_window_exceeded',
    'the context window was full before the reply was',
    '@anthropic-ai/sdk 1 resources/messages (StopReason)',
  ),
]

function stopping(id: string, reason: string, meaning: string, source: string): AnyMember {
  return wrongReply({
    id,
    dialects: anthropicOnly,
    summary: `the stop reason is ${reason}: ${meaning}`,
    source,
    parameters: none,
    arbitrary: fc.constant({}),
    strike: () => ({ mayMiss: true, afterwards: (reply) => stopped(reply, `"stop_reason":"${reason}"`) }),
  })
}

/** The reply with another stop reason; the very same reply where it has none. */
function stopped(reply: Reply, text: string): Reply {
  const { body } = reply
  if (reply.status !== 200) return reply
  if (typeof body === 'string')
    return stopReason.test(body) ? { ...reply, body: body.replace(stopReason, text) } : reply
  const at = body.findIndex(({ bytes }) => stopReason.test(textOf(bytes)))
  const frame = body[at]
  if (frame === undefined) return reply
  return { ...reply, body: body.with(at, frameOf(textOf(frame.bytes).replace(stopReason, text), frame.afterMs)) }
}
