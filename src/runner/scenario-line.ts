/**
 * The line of a source text at which a scenario is defined, counted from 1: where it is named, else where `scenario(` is
 * called, else the first.
 *
 * Services show a finding there. A search of the text is enough for that, and gives the same line on every machine,
 * which positions in what was compiled do not.
 */
export function scenarioLine(source: string, name: string): number {
  const escaped = name.replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&')
  const quoted = `(['"\`])${escaped}\\1`
  const places = [new RegExp(`\\bscenario\\(\\s*${quoted}`), new RegExp(quoted), /\bscenario\(/]
  const index = places.map((place) => source.search(place)).find((found) => found >= 0) ?? 0
  return source.slice(0, index).split(/\r\n|[\n\r]/).length
}
