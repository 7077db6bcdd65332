/** A command that the runner of GitHub Actions finds in a line of a log. */
export interface FoundCommand {
  readonly command: string
  readonly properties: Readonly<Record<string, string>>
  readonly data: string
}

const unescapes: readonly (readonly [escaped: string, mark: string])[] = [
  ['%0D', '\r'],
  ['%0A', '\n'],
  ['%3A', ':'],
  ['%2C', ','],
  ['%25', '%'],
]

/** Reads a log as actions/runner does (ActionCommand.cs): `::command …::data` at its start, `##[command …]data` anywhere. */
export function commandsIn(log: string): FoundCommand[] {
  return log.split(/\r\n|\r|\n/).flatMap((line) => atStart(line) ?? anywhere(line) ?? [])
}

function atStart(line: string): FoundCommand | null {
  const text = line.trimStart()
  const end = text.startsWith('::') ? text.indexOf('::', 2) : -1
  if (end < 0) return null
  const info = text.slice(2, end)
  const space = info.indexOf(' ')
  const command = space < 0 ? info : info.slice(0, space)
  const pairs = space < 0 ? [] : info.slice(space + 1).split(',')
  const properties = pairs.map((pair) => [
    pair.slice(0, pair.indexOf('=')),
    unescaped(pair.slice(pair.indexOf('=') + 1)),
  ])
  return { command, properties: Object.fromEntries(properties), data: unescaped(text.slice(end + 2)) }
}

function anywhere(line: string): FoundCommand | null {
  const found = /##\[([^\]]*)\](.*)$/.exec(line)
  return found === null ? null : { command: found[1] ?? '', properties: {}, data: found[2] ?? '' }
}

function unescaped(text: string): string {
  return unescapes.reduce((read, [escaped, mark]) => read.replaceAll(escaped, mark), text)
}
