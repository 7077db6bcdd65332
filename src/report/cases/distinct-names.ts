import { shortened } from '../shortened.ts'
import { visibleLine } from '../visible-text.ts'

/** Letters that a name may take. */
const mostLetters = 1_000

/**
 * Names as readers see them, none of them twice: services drop the second of two equal cases.
 *
 * One that was there before gets a number.
 */
export function distinctNames(names: readonly string[]): string[] {
  const taken = new Set<string>()
  return names.map((name) => {
    const shown = shortened(visibleLine(name), mostLetters)
    let free = shown
    for (let number = 2; taken.has(free); number += 1) free = `${shown} (${number})`
    taken.add(free)
    return free
  })
}
