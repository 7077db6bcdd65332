import { openAiChat } from 'shakedown'
import type { Task, Upstream } from 'shakedown'

/** Questions that one model call answers each. */
export const questions: readonly Task[] = ['capital of Kenya', 'boiling point of water', 'author of Emma'].map(
  (subject) => ({
    id: subject,
    input: `What is the ${subject}?`,
    grade: ({ outcome }) =>
      outcome.stop === 'cancelled' || outcome.answer === answerTo(subject) || 'the question is not answered',
  }),
)

/** A model that knows the answers. */
export function questionDesk(): Upstream[] {
  return [
    openAiChat({
      latencyMs: 600,
      script: ({ messages }) => ({ content: answerTo(/the (.*)\?/.exec(messages.at(-1)?.text ?? '')?.[1] ?? '') }),
    }),
  ]
}

function answerTo(subject: string): string {
  return `Here is what I know of the ${subject}.`
}
