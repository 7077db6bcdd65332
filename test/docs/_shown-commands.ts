import { createProgram } from '../../src/cli/program.ts'
import { commandsOf } from './_block-commands.ts'
import { fencedBlocks, pages, proseOf } from './_fenced-blocks.ts'

/** A command as a page shows it. */
export interface PageCommand {
  /** Relative to the repository. */
  readonly page: string
  /** Without the comment behind it, and what a shell does with its output. */
  readonly command: string
  /** The language of the block that it stands in; null in running text. */
  readonly language: string | null
}

const names = createProgram()
  .commands.map((command) => command.name())
  .join('|')
const ours = new RegExp(`^(?:npx |npm run )?(shakedown (?:-- )?(?:${names})\\b.*)$`)
/** In running text the name of a command alone is no line to type: it must have something behind it. */
const inline = /`((?:npx|npm run|npm|node|git|cp) [^`]+|shakedown [\w-]+ [^`]+)`/g
const isRecord = (page: string): boolean => page === 'CHANGELOG.md' || page.startsWith('docs/decisions/')

/** Every command that the pages show: those of all blocks, and those in the running text of pages that users read. */
export const shownCommands: readonly PageCommand[] = [
  ...pages.flatMap((page) =>
    fencedBlocks(page).flatMap((block) =>
      commandsOf(block).map((command) => ({ page, command, language: block.language })),
    ),
  ),
  ...pages
    .filter((page) => !isRecord(page))
    .flatMap((page) =>
      [...proseOf(page).matchAll(inline)]
        .map(([, found = '']) => found)
        .map((command) => ({ page, command, language: null })),
    ),
]

/** What is typed behind `npx`; null for a command that is none of ours. */
export function shakedownOf({ command }: PageCommand): string | null {
  return ours.exec(command)?.[1]?.replace('shakedown -- ', 'shakedown ') ?? null
}
