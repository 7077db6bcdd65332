import { readFileSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { createProgram } from '../../src/cli/program.ts'

const root = join(import.meta.dirname, '../..')

/** A command of the command line as a page shows it. */
export interface PageCommand {
  /** Relative to the repository. */
  readonly page: string
  /** Without `npx`, the comment behind it, and what a shell does with its output. */
  readonly command: string
}

const names = createProgram()
  .commands.map((command) => command.name())
  .join('|')

/** In running text a command alone names it, and is no line to type: it must have something behind it. */
const inline = new RegExp(`\`(?:npx |npm run )?(shakedown (?:-- )?(?:${names}) [^\`]+)\``, 'g')
const typed = new RegExp(`^(?:\\$ |.*(?:run|script): |- )?(?:npx |npm run )?(shakedown (?:-- )?(?:${names})\\b.*)$`)
/** Console blocks show what is printed as well, and are run by the tests of their pages. */
const block = /```(?!console)\w*\n(.*?)```/gs

/** The pages that users read; what is decided and what was found in libraries have tests of their own. */
function pages(): string[] {
  const docs = readdirSync(join(root, 'docs')).filter((name) => name.endsWith('.md'))
  return ['README.md', 'CONTRIBUTING.md', ...docs.map((name) => `docs/${name}`)]
}

/** Every command that the documentation shows, each once. */
export function shownCommands(): PageCommand[] {
  const shown = pages().flatMap((page) => {
    const text = readFileSync(join(root, page), 'utf8')
    const blocks = [...text.matchAll(block)].flatMap(([, lines = '']) => lines.split('\n'))
    const inBlocks = blocks.flatMap((line) => typed.exec(line.trim())?.[1] ?? [])
    const inText = [...text.replaceAll(/```.*?```/gs, '').matchAll(inline)].flatMap(([, command]) => command ?? [])
    return [...inBlocks, ...inText].map((command) => ({ page, command: bare(command) }))
  })
  return [...new Map(shown.map((one) => [one.command, one])).values()]
}

function bare(command: string): string {
  return command
    .replace(/ (?:#|>|\||&&|;).*$/, '')
    .replace('shakedown -- ', 'shakedown ')
    .trim()
}
