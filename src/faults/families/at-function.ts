import { type LocalAnswer, isReturned } from '../../wire/functions/local-answer.ts'
import type { UpstreamCall } from '../../wire/interference.ts'
import { anyFunction } from '../../wire/seam.ts'
import type { Effect } from '../catalogue-member.ts'

/** Whether a call is one of a function in the agent's own process. */
export function isOfFunction({ upstream: { seam = 'http' } }: UpstreamCall): boolean {
  return anyFunction.includes(seam)
}

/** What becomes of a function that has done its work; one that failed by itself is left alone. */
export function onceReturned(
  call: UpstreamCall,
  end: (value: unknown) => LocalAnswer,
): Pick<Effect, 'local' | 'mayMiss'> {
  if (!isOfFunction(call)) return {}
  const afterwards = (answer: LocalAnswer): LocalAnswer => {
    if (!isReturned(answer)) return answer
    const ended = end(answer.value)
    return isReturned(ended) && ended.value === answer.value ? answer : ended
  }
  return { mayMiss: true, local: { afterwards } }
}
