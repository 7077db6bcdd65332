/** One event of a stream of server-sent events. */
export interface ServerSentEvent {
  /** The name of the event; empty where it has none. */
  readonly event: string
  /** The lines of data, joined by line feeds. */
  readonly data: string
}

/** The lines of an event that carries data alone, as providers send them. */
export function dataFrame(data: string): string {
  return `data: ${data}\n\n`
}

/**
 * Reads a stream of server-sent events: any line ending, comments left out.
 *
 * An event that the end of the stream cuts short is given as far as it came, as clients do (openai-node 7
 * core/streaming.ts), because servers forget the last empty line.
 * Source: HTML Living Standard, section 9.2.6 "Interpreting an event stream", which drops such an event.
 */
export function readServerSentEvents(text: string): ServerSentEvent[] {
  const events: ServerSentEvent[] = []
  let event = ''
  let data: string[] = []
  const lines = text.replace(/^\uFEFF/, '').split(/\r\n|\r|\n/)
  for (const line of [...lines, '']) {
    if (line === '') {
      if (data.length > 0) events.push({ event, data: data.join('\n') })
      event = ''
      data = []
      continue
    }
    const [field, value] = splitLine(line)
    if (field === 'data') data.push(value)
    else if (field === 'event') event = value
  }
  return events
}

function splitLine(line: string): readonly [field: string, value: string] {
  const colonAt = line.indexOf(':')
  if (colonAt < 0) return [line, '']
  const valueAt = line[colonAt + 1] === ' ' ? colonAt + 2 : colonAt + 1
  return [line.slice(0, colonAt), line.slice(valueAt)]
}
