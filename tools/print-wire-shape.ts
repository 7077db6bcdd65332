import type { Reply } from '../src/wire/reply.ts'
import type { WireShape } from '../src/faults/samples/wire-shape.ts'

const firstPieces = 16
const lastPieces = 2

/** What a fault makes of a call, as a block of a Markdown page. */
export function printWireShape({ call, delayMs, answer }: WireShape): string {
  const later = delayMs === 0 ? '' : `, ${delayMs} ms later`
  const text = linesOf(answer).join('\n')
  // A model may speak of code; a fence has to be longer than any inside it.
  const fence = text.includes('```') ? '````' : '```'
  return `On the wire, in the place of ${call}${later}:\n\n${fence}text\n${text}\n${fence}\n`
}

function linesOf(answer: WireShape['answer']): string[] {
  if ('throws' in answer) return [`${answer.beforeThereIsAPromise ? 'throws' : 'rejects with'} ${answer.throws}`]
  if ('returns' in answer)
    return [`${answer.lateMs === 0 ? 'gives' : `gives, ${answer.lateMs} ms later,`} ${answer.returns}`]
  if ('silence' in answer) return ['(nothing, ever)']
  if ('redirects' in answer) return ['(307 with a location that leads here again, as often as it is followed)']
  if ('failure' in answer) return [`(no answer: the connection fails with ${answer.failure}, "${answer.message}")`]
  const { status, headers, body, ending } = answer
  const head = [`HTTP/1.1 ${status}`, ...Object.entries(headers).map(([name, value]) => `${name}: ${value}`.trimEnd())]
  if (typeof body === 'string') return [...head, '', ...(body === '' ? ['(no body)'] : body.trimEnd().split(/\r?\n/))]
  return [...head, '', ...pieces(body), ...(ending === undefined ? [] : [`(then ${endingWords(ending)})`])]
}

/** A piece of a body a line, with the milliseconds before it. */
function pieces(body: readonly { readonly afterMs: number; readonly bytes: string }[]): string[] {
  const lines = body.map(({ afterMs, bytes }) => `+${afterMs} ms  ${escaped(bytes)}`)
  const left = lines.length - firstPieces - lastPieces
  if (left <= 1) return lines
  return [...lines.slice(0, firstPieces), `(${left} more pieces)`, ...lines.slice(-lastPieces)]
}

/** Ends of lines are part of a stream's frames, and are shown. */
function escaped(text: string): string {
  return text.replaceAll('\r', String.raw`\r`).replaceAll('\n', String.raw`\n`)
}

function endingWords(ending: NonNullable<Reply['ending']>): string {
  if ('silence' in ending) return 'nothing, ever: the connection stays open'
  if ('lateMs' in ending) return `the end, ${ending.lateMs} ms later`
  return `the connection fails with ${ending.failure}, "${ending.message}"`
}
