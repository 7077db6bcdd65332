import type { FaultWords } from './predicate.ts'

export const governanceWords: FaultWords = {
  'policy.engine.error': () => 'is answered 500, and nothing was decided',
  'policy.engine.malformed': ({ text }) => `is answered with what is no decision: ${text('form')}`,
  'policy.engine.permissive': () => 'is allowed what the policy denies',
  'policy.engine.inverted': () => 'is told the opposite of what the policy says',
  'policy.engine.changed': () => 'is denied what the policy allowed before it was changed',
  'approval.never': () => 'is answered that nobody has decided yet',
  'approval.late': ({ span }) => `is decided ${span('ms')} late`,
  'approval.replayed': () => 'is answered with an old approval of other arguments',
  'policy.budget_kill': () => 'is cut off as the budget is spent, and so is every later one',
  'delegation.loop': ({ demand }) => `is answered with a delegation ${demand()}, and so is every later one`,
}
