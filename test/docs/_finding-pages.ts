import { readFileSync, readdirSync } from 'node:fs'
import { type ReplayToken, decodeToken } from '../../src/scenario/replay-token.ts'

const folder = new URL('../../docs/findings/', import.meta.url)

/** A text of `docs/findings`. */
export const readFindings = (file: string): string => readFileSync(new URL(file, folder), 'utf8')

/** The pages, without the table that leads to them. */
export const findingPages = readdirSync(folder).filter((file) => file.endsWith('.md') && file !== 'README.md')

/** A line that readers are told to type, as words after `npx shakedown`. */
export interface ReplayLine extends ReplayToken {
  readonly page: string
  readonly words: readonly string[]
}

export const replayLines: readonly ReplayLine[] = findingPages.flatMap((page) =>
  [...readFindings(page).matchAll(/^npx shakedown (replay .*)$/gm)].map(([, line = '']) => {
    const words = line.split(' ')
    return { ...decodeToken(words[1] ?? ''), page, words }
  }),
)

/** Every script that a page tells to run, and what it says that this prints. */
export const confirmations = findingPages.flatMap((page) =>
  [...readFindings(page).matchAll(/^`node ([^`]*)` prints:\n\n```text\n([^`]*)```$/gm)].map(
    ([, script = '', printed = '']) => ({ page, script, printed }),
  ),
)

/** The scripts that are there. */
export const confirmingScripts = readdirSync(new URL('confirm/', folder))
  .filter((file) => !file.startsWith('_'))
  .map((file) => `docs/findings/confirm/${file}`)
