import type { Interference } from '../interference.ts'
import { type Answer, type Reply, isReply } from '../reply.ts'
import type { AnswerForm } from './answer-head.ts'
import { writeAnswer } from './answer-writer.ts'
import { MalformedBody } from './body-reader.ts'
import type { CallReport } from './call-report.ts'
import { carry } from './carry.ts'
import { toReply } from './collected-reply.ts'
import { type ExchangeParts, concluded, reach } from './forward.ts'
import { type CollectedReply, collectReply } from './reply-collector.ts'
import type { RequestProblem } from './request-head.ts'
import { type Relay, type RelayEnd, relayBody } from './response-relay.ts'
import { write } from './sink.ts'

/**
 * Sends a request to the service, holds its answer back until it is whole, and lets the faults change it.
 *
 * An answer that they leave alone, that breaks off by itself, or that is too long goes through as it came.
 */
export async function changedReply(
  parts: ExchangeParts,
  changing: readonly Interference[],
  form: AnswerForm,
): Promise<boolean | RequestProblem> {
  const { request, client, link, report } = parts
  const upstream = await reach(parts)
  if ('status' in upstream) return upstream
  const { method } = request.head
  const receive = (): Promise<CollectedReply> =>
    collectReply(upstream, method, async (status, bytes) => {
      if (status !== 100 || !request.isContinued) await write(client.socket, bytes)
    })
  const { received, sent, failure } = await carry(request, client, upstream, { isIdentityAsked: true, receive })
  if (failure instanceof MalformedBody) throw failure
  const relay = { upstream, client, method, isContinued: request.isContinued, report }
  if (received.how !== 'whole' || received.head === null) {
    return concluded(await passedOn(received, relay), relay, sent)
  }
  await sent
  const reply = toReply(received.head, received)
  const answer = changed(reply, changing, report)
  if (answer === reply) return concluded(await passedOn(received, relay), relay, sent)
  if (received.isClosing) link.drop()
  return writeAnswer(client, answer, { ...form, original: received.head }, report)
}

/** What the faults make of a reply, one after another. */
function changed(given: Reply, changing: readonly Interference[], report: CallReport): Answer {
  let answer: Answer = given
  for (const interference of changing) {
    if (interference.afterwards === undefined || !isReply(answer)) continue
    const next: Answer = interference.afterwards(answer, report.armed.context(report.call))
    if (interference.tookHold !== undefined && next !== answer) {
      interference.tookHold()
      report.fault(interference)
    }
    answer = next
  }
  return answer
}

/** Sends what was held back as it came, and what is still to come. */
async function passedOn(collected: CollectedReply, relay: Relay): Promise<RelayEnd> {
  const { client, report } = relay
  const { raw, head, pieces, how, body, isClosing } = collected
  if (head !== null) report.head(head.status)
  for (const bytes of raw) await write(client.socket, bytes)
  for (const { bytes } of pieces) report.body(bytes.length)
  if (how === 'whole') return isClosing ? 'closing' : 'complete'
  if (how === 'closed' || how === 'lost') return how
  if (how === 'switched') return how
  return relayBody(relay, body, isClosing ? 'closing' : 'closed')
}
