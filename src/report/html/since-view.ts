import type { Trends } from '../../results/trends/trends.ts'
import { sinceWords } from '../trends/since-words.ts'

/** What the first screen says of the time since the run before. */
export interface SinceView {
  readonly text: string
  /** Where the page tells more; empty where it does not. */
  readonly anchor: string
  /** The command that would tell it; empty where it is told. */
  readonly command: string
}

/** What changed since the run before, or how to be told: silence would pass for no change. */
export function sinceView(trends: Trends | null): SinceView {
  if (trends === null)
    return {
      text: 'no earlier run was given. To compare with one:',
      anchor: '',
      command: 'npx shakedown run --previous <folder>',
    }
  return { text: sinceWords(trends), anchor: 'trends', command: '' }
}
