import { quantity } from '../../results/quantity.ts'

/** A part of a document that is shown whole or left out. */
export interface Block {
  readonly text: string
  /** What is missing where it is left out, singular and plural: `['finding', 'findings']`. */
  readonly about: readonly [singular: string, plural: string]
}

/**
 * Joins blocks, most important first, into a document of at most `limit` characters and tells what was left out.
 *
 * A smaller block is still shown after a larger one that did not fit.
 *
 * @param limit characters, without the line that tells what was left out
 */
export function boundedDocument(blocks: readonly Block[], limit: number): string {
  const shown: string[] = []
  const left: Block[] = []
  let length = 0
  for (const block of blocks) {
    if (length + block.text.length + 2 > limit) {
      left.push(block)
      continue
    }
    shown.push(block.text)
    length += block.text.length + 2
  }
  return `${[...shown, ...leftOut(left)].join('\n\n')}\n`
}

function leftOut(blocks: readonly Block[]): string[] {
  if (blocks.length === 0) return []
  const byKind = Map.groupBy(blocks, ({ about: [singular] }) => singular)
  const counted = [...byKind.values()].flatMap((ofKind) => {
    const [first] = ofKind
    return first === undefined ? [] : [quantity(ofKind.length, ...first.about)]
  })
  return [`**Left out to keep this short:** ${counted.join(', ')}. The report index.html and results.json hold them.`]
}
