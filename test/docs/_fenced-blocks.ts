import { globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

const root = join(import.meta.dirname, '../..')

/** A block of code on a page. */
export interface FencedBlock {
  /** Relative to the repository. */
  readonly page: string
  /** Of its first fence, from 1. */
  readonly line: number
  /** Empty where the fence names none. */
  readonly language: string
  readonly text: string
}

/** Every page that a reader of the repository finds, but the sample report, which a tool writes. */
export const pages: readonly string[] = [
  ...['README.md', 'CONTRIBUTING.md', 'CHANGELOG.md'],
  ...globSync(['docs/**/*.md', 'examples/*/*.md'], { cwd: root }).toSorted(),
]

/**
 * The blocks of a page, in order.
 *
 * @throws {Error} where a block has no end
 */
export function fencedBlocks(page: string, text = textOf(page)): FencedBlock[] {
  const blocks: FencedBlock[] = []
  let open: { readonly fence: string; readonly line: number; readonly language: string; from: number } | null = null
  const lines = text.split('\n')
  for (const [index, line] of lines.entries()) {
    const [, fence = '', language = ''] = /^\s*(`{3,}|~{3,})\s*([^`\s]*)/.exec(line) ?? []
    if (open === null) {
      if (fence !== '') open = { fence, line: index + 1, language, from: index + 1 }
    } else if (fence.startsWith(open.fence) && language === '') {
      const { line: number, language: named, from } = open
      blocks.push({ page, line: number, language: named, text: lines.slice(from, index).join('\n') })
      open = null
    }
  }
  if (open !== null) throw new Error(`${page}:${open.line}: the block has no end`)
  return blocks
}

/** What a page says outside of its blocks. */
export function proseOf(page: string): string {
  return textOf(page).replaceAll(/^\s*(`{3,})[^`]*?^\s*\1$/gms, '')
}

function textOf(page: string): string {
  return readFileSync(join(root, page), 'utf8')
}
