import { realClock } from '../../simulation/real-clock.ts'
import { type Answer, type Reply, type TransportFailure, isReply } from '../reply.ts'
import { type AnswerForm, type AnswerHead, answerHead, bodyBytes } from './answer-head.ts'
import type { ByteSource } from './byte-source.ts'
import type { CallReport } from './call-report.ts'
import { pause, untilGone } from './patience.ts'
import { flushed, write } from './sink.ts'

/** Clients lose what they have not read when a connection is reset, so that it is left to them for a moment. */
const beforeResetMs = 25

/** What is written in the place of HTTP for failures of a client's parser, by the code that Node gives them. */
const garbage: Partial<Record<TransportFailure['failure'], string>> = {
  HPE_INVALID_CONSTANT: 'SSH-2.0-OpenSSH_9.6\r\n\r\n',
  HPE_INVALID_CHUNK_SIZE: 'ZZ\r\n',
}

/**
 * Writes an answer as bytes, in real time: a reply in its pieces, a failure as what a socket does, silence as silence.
 *
 * @returns whether another request may follow on the connection
 */
export async function writeAnswer(
  client: ByteSource,
  answer: Answer,
  form: AnswerForm,
  report: CallReport,
): Promise<boolean> {
  if ('silence' in answer) return keepSilent(client, report)
  if ('redirects' in answer) return writeAnswer(client, report.armed.redirect(form.path), form, report)
  if (!isReply(answer)) return breakOff(client, answer, report)
  const head = answerHead(answer, form)
  await write(client.socket, head.bytes)
  report.head(answer.status)
  if (head.framing !== 'none' && !(await writePieces(client, answer, head, report))) return abandoned(report)
  const { ending } = answer
  if (ending !== undefined && head.framing !== 'none') {
    if ('silence' in ending) return keepSilent(client, report)
    if ('failure' in ending) return breakOff(client, ending, report)
    if (!(await pause(ending.lateMs, client))) return abandoned(report)
  }
  if (head.framing === 'chunked') await write(client.socket, '0\r\n\r\n')
  await flushed(client.socket)
  const isShort = head.framing === 'stated' && Number(answer.headers['content-length']) !== bodyBytes(answer)
  if (client.failure !== undefined) return abandoned(report)
  report.settle(isShort ? 'closed' : 'complete', report.describe(answer))
  return head.isPersistent && !isShort
}

/** Sends the pieces at their times; false where the client gave up before the last. */
async function writePieces(client: ByteSource, reply: Reply, head: AnswerHead, report: CallReport): Promise<boolean> {
  const { body } = reply
  const pieces = typeof body === 'string' ? [{ afterMs: 0, bytes: Buffer.from(body) }] : body
  let dueMs = realClock.monotonicMs()
  for (const { afterMs, bytes } of pieces) {
    dueMs += afterMs
    if (!(await pause(dueMs - realClock.monotonicMs(), client))) return false
    if (bytes.byteLength === 0) continue
    await write(client.socket, head.framing === 'chunked' ? chunk(bytes) : bytes)
    report.body(bytes.byteLength)
  }
  return true
}

function chunk(bytes: Uint8Array): Buffer {
  return Buffer.concat([Buffer.from(`${bytes.byteLength.toString(16)}\r\n`), bytes, Buffer.from('\r\n')])
}

async function keepSilent(client: ByteSource, report: CallReport): Promise<false> {
  await untilGone(client)
  return abandoned(report)
}

function abandoned(report: CallReport): false {
  report.settle('abandoned')
  return false
}

/**
 * Ends the connection as the failure says. What happens before a connection comes about cannot be shown by one that
 * has come about: a reset at once is the nearest.
 */
async function breakOff(client: ByteSource, { failure }: TransportFailure, report: CallReport): Promise<false> {
  const { socket } = client
  const bytes = garbage[failure]
  if (bytes !== undefined) await write(socket, bytes)
  await flushed(socket)
  if (client.failure !== undefined) return abandoned(report)
  if (bytes !== undefined || failure === 'UND_ERR_SOCKET') {
    report.settle('closed')
    return false
  }
  if (socket.bytesWritten > 0) await pause(beforeResetMs, client)
  report.settle('reset')
  socket.resetAndDestroy()
  return false
}
