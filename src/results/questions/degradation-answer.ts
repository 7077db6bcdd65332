import { rateWords, underCondition } from '../condition-words.ts'
import type { MeasureResult, MeasuredCondition } from '../measure-schema.ts'
import { quantity } from '../quantity.ts'
import type { Answer } from './answer.ts'

const question = 'Does the agent degrade gracefully or fail catastrophically?'

/**
 * Answered by how the measured trials end: an agent degrades as long as each ends by itself, however few tasks it solves.
 *
 * Hanging, crashing, leaving the process or blocking it is catastrophic.
 */
export function degradationAnswer(measure: MeasureResult | null): Answer {
  if (measure === null) return { question, verdict: 'unknown', text: 'Nothing was measured.' }
  const catastrophes = measure.conditions.flatMap(catastropheWords)
  const rates = measure.conditions.map(
    ({ name, measures }) =>
      `${capital(underCondition(name))} it solves ${rateWords(measures.taskSuccess, 'task')}, and ${rateWords(measures.timeouts, 'task')} time out.`,
  )
  return catastrophes.length === 0
    ? {
        question,
        verdict: 'yes',
        word: 'gracefully',
        text: ['Gracefully: every measured trial ended by itself.', ...rates].join(' '),
      }
    : {
        question,
        verdict: 'no',
        word: 'not always',
        text: [`Not always: ${catastrophes.join('; ')}.`, ...rates].join(' '),
      }
}

function catastropheWords({ name, tally }: MeasuredCondition): string[] {
  const bad = Object.entries(tally.ends).filter(([end]) => end !== 'finished')
  if (bad.length === 0) return []
  const ends = bad.map(([end, count]) => `${count} ${end}`).join(', ')
  return [`${underCondition(name)}, of ${quantity(tally.trials, 'trial')}, ${ends}`]
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1)
}
