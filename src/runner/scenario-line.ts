/**
 * The line of a source text at which a scenario is defined, counted from 1: where it is named, else where `scenario(` is
 * called, else where what the file exports as its default is made, else where it is exported, else the first.
 *
 * Services show a finding there. A search of the text is enough for that, and gives the same line on every machine,
 * which positions in what was compiled do not.
 */
export function scenarioLine(source: string, name: string): number {
  const quoted = `(['"\`])${escaped(name)}\\1`
  const places = [new RegExp(`\\bscenario\\(\\s*${quoted}`), new RegExp(quoted), /\bscenario\(/]
  const index = places.map((place) => source.search(place)).find((found) => found >= 0) ?? defaultExport(source)
  return source.slice(0, index).split(/\r\n|[\n\r]/).length
}

/** `export default desk`, with nothing made on the spot. */
const byName = /^export\s+default\s+([\w$]+)[ \t]*(?:;[ \t]*)?(?:\/\/.*)?$/m

/** `export { desk as default }`, or `export { default } from` another file. */
const inList = /^export\s*\{[^}]*?(?:\b([\w$]+)\s+as\s+)?\bdefault\b[^}]*\}/m

/** Where a helper makes the scenario that a file exports as its default: its name stands in the helper's file. */
function defaultExport(source: string): number {
  const list = inList.exec(source)
  const variable = byName.exec(source)?.[1] ?? list?.[1]
  const made =
    variable === undefined
      ? -1
      : source.search(new RegExp(`^(?:export\\s+)?(?:const|let|var)\\s+${escaped(variable)}(?![\\w$])`, 'm'))
  if (made >= 0) return made
  return Math.max(0, list?.index ?? source.search(/^export\s+default\b/m))
}

function escaped(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&')
}
