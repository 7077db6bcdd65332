import { getOrCreate } from '../get-or-create.ts'
import { quote } from '../quote.ts'
import { inSeconds } from '../virtual-time.ts'
import type { Attempt } from './attempt-ledger.ts'
import { defineRetryProperty } from './define-retry-property.ts'

/** What a task would say if it took a later attempt for the rest of an earlier one. */
interface Joined {
  readonly text: string
  readonly alone: string
  readonly cut: Attempt
  readonly later: Attempt
}

/** R14: a retry of a stream replaces what had come, and is not appended to it. */
export const streamRetry = defineRetryProperty<Map<number, Joined[]>>({
  id: 'R14',
  name: 'retry.stream',
  statement:
    'Where a streamed reply was cut after some of its text and attempted again, the answer of the task does not hold that text with the text of the later attempt appended, spaces aside. Marking the cut between the two is allowed.',
  applies: 'where the profile declares `retry`.',
  begin: ({ profile }) => (profile.retry ? new Map() : null),
  ended: (tasks, attempt, judge) => {
    const text = attempt.content ?? attempt.partialContent
    const cut = cutBefore(attempt)
    if (!text || !cut?.partialContent) return
    judge.trigger()
    const joined = { text: dense(cut.partialContent + text), alone: dense(text), cut, later: attempt }
    getOrCreate(tasks, attempt.task, () => []).push(joined)
  },
  on: {
    'task.ended': (tasks, event, judge) => {
      const answer = dense(event.outcome.answer ?? '')
      const found = tasks
        .get(event.task)
        ?.find(({ text, alone }) => text !== '' && answer.includes(text) && !alone.includes(text))
      if (!found) return
      judge.violate({
        sentence: `the answer of task ${quote(event.id)} at ${inSeconds(event.at)} holds ${quote(found.cut.partialContent)}, which attempt ${found.cut.attempt} had brought before it was cut, with the text of attempt ${found.later.attempt} appended`,
        at: event.at,
        calls: [found.cut.call, found.later.call],
      })
    },
  },
})

/** The nearest earlier attempt that had brought some text. */
function cutBefore({ previous }: Attempt): Attempt | null {
  let before = previous
  while (before && !before.partialContent) before = before.previous
  return before
}

function dense(text: string): string {
  return text.replaceAll(/\s+/g, '')
}
