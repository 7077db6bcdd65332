import { answerQuestions } from '../../results/questions/answer-questions.ts'
import type { Answer } from '../../results/questions/answer.ts'
import type { ScenarioResult } from '../../results/results-schema.ts'

/** A question that a run is asked before a deploy, with its answer and how it looks: never by colour alone. */
export interface AnsweredQuestion extends Answer {
  readonly word: string
  readonly sign: string
  /** Class of the style sheet of the page. */
  readonly tone: string
}

const looks: Readonly<Record<Answer['verdict'], Pick<AnsweredQuestion, 'sign' | 'tone'>>> = {
  yes: { sign: '✓', tone: 'good' },
  no: { sign: '✕', tone: 'bad' },
  unknown: { sign: '?', tone: 'open' },
  'not applicable': { sign: '–', tone: 'none' },
}

/** The questions of a scenario that is measured; none of one that is only searched, which could not answer them. */
export function answeredQuestions(scenario: ScenarioResult): AnsweredQuestion[] {
  if (scenario.measure === null) return []
  return answerQuestions(scenario).map((answer) => ({
    ...answer,
    word: answer.word ?? answer.verdict,
    ...looks[answer.verdict],
  }))
}
