import { quantity } from '../quantity.ts'
import type { PropertyResult, ScenarioResult } from '../results-schema.ts'
import type { Answer } from './answer.ts'

const question = 'Does the circuit breaker trip when it should?'

/** Answered by the breaker properties of the search, which judge the wire against the declared rule. */
export function breakerAnswer({ search }: ScenarioResult): Answer {
  const properties = (search?.properties ?? []).filter(
    ({ name, verdict }) => name.startsWith('breaker.') && verdict !== 'not applicable',
  )
  if (search === null) return { question, verdict: 'unknown', text: 'Nothing was searched.' }
  if (properties.length === 0) {
    const text = 'No breaker property applies: the agent declares no breaker, or the scenario judges none.'
    return { question, verdict: 'not applicable', text }
  }
  const trials = quantity(search.tally.trials, 'searched trial')
  const violated = properties.filter(({ verdict }) => verdict === 'violated')
  if (violated.length > 0) {
    const each = violated.map(({ id, violations }) => `${id} in ${violations}`).join(', ')
    return {
      question,
      verdict: 'no',
      text: `No: of ${trials}, ${each} violate what the agent declares of its breaker.`,
    }
  }
  const idle = properties.filter(({ verdict }) => verdict === 'vacuous')
  const held = properties.filter(({ verdict }) => verdict === 'holds')
  if (held.length === 0) {
    return { question, verdict: 'unknown', text: `Not known: ${trials} never put ${ids(idle)} to the test.` }
  }
  const triggers = held.reduce((sum, property) => sum + property.triggers, 0)
  const tested = `Yes, in ${trials}: ${quantity(held.length, 'breaker property', 'breaker properties')} held, put to the test ${quantity(triggers, 'time')}.`
  return {
    question,
    verdict: 'yes',
    text: idle.length === 0 ? tested : `${tested} Never put to the test: ${ids(idle)}.`,
  }
}

function ids(properties: readonly PropertyResult[]): string {
  return properties.map(({ id }) => id).join(', ')
}
