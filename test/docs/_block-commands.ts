import { parseYaml } from '../ci/_yaml.ts'
import type { FencedBlock } from './_fenced-blocks.ts'

/** Languages of blocks in which nothing is typed, and which the tests of their pages hold. */
const typesNothing = new Set(['ts', 'json', 'text'])
const looksTyped = /^\s*(?:\$ |npx |npm (?:ci|run|test|start)\b|git |node \S+\.m?[jt]s\b)/

/**
 * The commands of a block, each alone, without the comment behind it: lines of a shell, what stands behind `$`, and the
 * scripts of jobs, once for each combination of their matrix.
 *
 * @throws {Error} on a block of another language, and on one that hides a command
 */
export function commandsOf(block: FencedBlock): string[] {
  const where = `${block.page}:${block.line}`
  const lines = block.text.replaceAll('\\\n', '').split('\n')
  if (['sh', 'bash', ''].includes(block.language)) return lines.flatMap(singleCommands)
  if (block.language === 'console')
    return lines.filter((line) => line.startsWith('$ ')).flatMap((line) => singleCommands(line.slice(2)))
  if (block.language === 'yaml') return scriptsIn(parseYaml(block.text), {}).flatMap(singleCommands)
  if (!typesNothing.has(block.language)) throw new Error(`${where}: nothing is known of blocks in "${block.language}"`)
  const typed = lines.find((line) => looksTyped.test(line))
  if (typed !== undefined) throw new Error(`${where}: a block in "${block.language}" holds the command "${typed}"`)
  return []
}

function singleCommands(line: string): string[] {
  const [code = ''] = line.split(/(?:^|\s+)#/)
  return code
    .split(/ (?:&&|\|\||;) |; /)
    .map((command) => command.replace(/ (?:>|\|) .*$/, '').trim())
    .filter(Boolean)
}

const scriptKeys = new Set(['run', 'script', 'before_script', 'after_script'])

type Matrix = Readonly<Record<string, readonly unknown[]>>

function scriptsIn(node: unknown, matrix: Matrix): string[] {
  if (typeof node !== 'object' || node === null) return []
  const { strategy }: { strategy?: { matrix?: Matrix } } = node
  const own = { ...matrix, ...strategy?.matrix }
  return Object.entries(node).flatMap(([key, value]) =>
    scriptKeys.has(key) && !Array.isArray(node)
      ? [value]
          .flat()
          .flatMap((script) => String(script).split('\n'))
          .flatMap((line) => filledIn(line, own))
      : scriptsIn(value, own),
  )
}

/** A line for each value of what it takes from the matrix. */
function filledIn(line: string, matrix: Matrix): string[] {
  const [expression, name = ''] = /\$\{\{ *matrix\.(\w+) *\}\}/.exec(line) ?? []
  if (expression === undefined) return [line]
  const values = matrix[name] ?? []
  if (values.length === 0) throw new Error(`"${line}" reads what no matrix of its job has`)
  return values.flatMap((value) => filledIn(line.replaceAll(expression, String(value)), matrix))
}
