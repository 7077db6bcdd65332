import { type Fields, type Frame, type Said, fields, nothingSaid, ordinal, text } from './frame.ts'

/** The header that names an event: a text, whose length stands before it in two bytes. */
const eventName = /:event-type\u0007[\s\S]{2}([A-Za-z]+)/g

/**
 * The frames of a stream of Bedrock's Converse; none where the body is no such stream.
 *
 * The trace holds the body as text, in which lengths and checksums are lost; the names of events and their JSON are not.
 */
export function readBedrockFrames(body: string): readonly Frame[] {
  return [...body.matchAll(eventName)].map(({ 0: header, 1: name = '', index }) => {
    const payload = jsonFrom(body.indexOf('{', index + header.length), body)
    return {
      data: `${name} ${JSON.stringify(payload)}`,
      isReadable: payload !== undefined,
      ...said(name, fields(payload)),
    }
  })
}

function said(name: string, { contentBlockIndex: index, start, delta }: Fields): Said {
  if (name === 'messageStop') return { ...nothingSaid, isFinish: true, isEnd: true }
  if (name === 'contentBlockStart') {
    const begun = fields(start)['toolUse']
    if (begun === undefined) return nothingSaid
    return { ...nothingSaid, toolDeltas: [{ index: ordinal(index), name: text(fields(begun)['name']), arguments: '' }] }
  }
  if (name !== 'contentBlockDelta') return nothingSaid
  const { text: words, toolUse } = fields(delta)
  if (toolUse === undefined) return { ...nothingSaid, content: text(words) }
  return {
    ...nothingSaid,
    toolDeltas: [{ index: ordinal(index), name: '', arguments: text(fields(toolUse)['input']) }],
  }
}

/** The JSON object that begins at a place in a text; undefined where none does. */
function jsonFrom(from: number, body: string): unknown {
  let depth = 0
  let isInText = false
  for (let at = from; from >= 0 && at < body.length; at++) {
    const letter = body[at]
    if (isInText && letter === '\\') at++
    else if (letter === '"') isInText = !isInText
    else if (!isInText && letter === '{') depth++
    else if (!isInText && letter === '}' && --depth === 0) return parse(body.slice(from, at + 1))
  }
  return undefined
}

function parse(json: string): unknown {
  try {
    return JSON.parse(json)
  } catch {
    return undefined
  }
}
