import type { ScenarioResult } from '../results-schema.ts'
import type { Answer } from './answer.ts'
import { breakerAnswer } from './breaker-answer.ts'
import { budgetAnswer } from './budget-answer.ts'
import { degradationAnswer } from './degradation-answer.ts'
import { governanceAnswer } from './governance-answer.ts'

/**
 * Answers the four questions that a chaos run before a deploy is there for, in words, from results alone.
 *
 * The questions are those of Kanish Tyagi, "Agent SRE: SLOs, error budgets, and circuit breakers for AI agents".
 */
export function answerQuestions(scenario: ScenarioResult): readonly Answer[] {
  const { measure } = scenario
  return [breakerAnswer(scenario), degradationAnswer(measure), budgetAnswer(measure), governanceAnswer(measure)]
}
