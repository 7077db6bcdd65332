import type { Silence } from '../reply.ts'
import type { UpstreamContext } from '../upstream.ts'

/** What a function gave back, or resolved with. */
export interface Returned {
  readonly value: unknown
  /** Virtual milliseconds after which it comes although nobody may wait any more: no signal cuts it short. */
  readonly lateMs?: number
}

/** What a function threw, or rejected with. */
export interface Thrown {
  readonly thrown: unknown
  /** Whether it is thrown before there is a promise. */
  readonly atOnce?: true
}

/** Everything that can become of a call of a function in the agent's own process. */
export type LocalAnswer = Returned | Thrown | Silence

/** What a fault does to a call of a function in the agent's own process. */
export interface LocalInterference {
  /** Answers in the function's place: it is never called. */
  readonly instead?: () => LocalAnswer
  /** Puts other arguments in the place of those that the agent gave. */
  readonly receiving?: readonly unknown[]
  /** Changes what became of the call, never the value itself, which is the agent's; gives back what it got for no change. */
  readonly afterwards?: (answer: LocalAnswer, context: UpstreamContext) => LocalAnswer
}

export function isReturned(answer: LocalAnswer): answer is Returned {
  return 'value' in answer
}
