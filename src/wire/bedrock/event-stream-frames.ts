import { crc32 } from 'node:zlib'

/** One message of an `application/vnd.amazon.eventstream`; of its headers only those that are texts. */
export interface EventStreamMessage {
  readonly headers: Readonly<Record<string, string>>
  readonly payload: string
}

const preludeBytes = 12
const checksumBytes = 4
/** The type of a header that is a text. */
const textType = 7

/**
 * Writes a message: lengths of the whole and of the headers, a checksum of both, headers, payload, a checksum of all.
 *
 * Written here instead of taken from a library, because it is these few lines; the tests hold it against the official
 * codec.
 * Source: docs.aws.amazon.com, "Event stream encoding".
 */
export function encodeMessage({ headers, payload }: EventStreamMessage): Uint8Array {
  const head = Buffer.concat(Object.entries(headers).map(([name, value]) => headerBytes(name, value)))
  const body = Buffer.from(payload)
  const message = Buffer.alloc(preludeBytes + head.length + body.length + checksumBytes)
  message.writeUInt32BE(message.length, 0)
  message.writeUInt32BE(head.length, 4)
  message.writeUInt32BE(crc32(message.subarray(0, 8)), 8)
  head.copy(message, preludeBytes)
  body.copy(message, preludeBytes + head.length)
  const checkedTo = message.length - checksumBytes
  message.writeUInt32BE(crc32(message.subarray(0, checkedTo)), checkedTo)
  return new Uint8Array(message)
}

function headerBytes(name: string, value: string): Buffer {
  const [written, text] = [Buffer.from(name), Buffer.from(value)]
  const length = Buffer.alloc(2)
  length.writeUInt16BE(text.length)
  return Buffer.concat([Buffer.from([written.length]), written, Buffer.from([textType]), length, text])
}

/** Reads the messages that came whole and undamaged, to the first that did not. */
export function readMessages(bytes: Uint8Array): EventStreamMessage[] {
  const all = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const messages: EventStreamMessage[] = []
  let at = 0
  while (at + preludeBytes <= all.length) {
    const length = all.readUInt32BE(at)
    const message = all.subarray(at, at + length)
    if (message.length < length || !isSound(message)) break
    const headersEnd = preludeBytes + message.readUInt32BE(4)
    messages.push({
      headers: readHeaders(message.subarray(preludeBytes, headersEnd)),
      payload: message.subarray(headersEnd, -checksumBytes).toString(),
    })
    at += length
  }
  return messages
}

function isSound(message: Buffer): boolean {
  if (message.length < preludeBytes + checksumBytes) return false
  const checkedTo = message.length - checksumBytes
  if (crc32(message.subarray(0, 8)) !== message.readUInt32BE(8)) return false
  return crc32(message.subarray(0, checkedTo)) === message.readUInt32BE(checkedTo)
}

/** The headers to the first that is no text: the service sends none of those. */
function readHeaders(bytes: Buffer): Record<string, string> {
  const headers: [name: string, value: string][] = []
  let at = 0
  while (at < bytes.length) {
    const nameEnd = at + 1 + (bytes[at] ?? 0)
    if (bytes[nameEnd] !== textType) break
    const valueEnd = nameEnd + 3 + bytes.readUInt16BE(nameEnd + 1)
    headers.push([bytes.subarray(at + 1, nameEnd).toString(), bytes.subarray(nameEnd + 3, valueEnd).toString()])
    at = valueEnd
  }
  return Object.fromEntries(headers)
}
