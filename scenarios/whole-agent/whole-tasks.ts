import type { Task } from 'shakedown'
import { supportTasks } from '../support/support-tasks.ts'

/** How often a question is asked in a trial, each time by a task of its own. */
const copies = 4

/** Tasks that change nothing, so that more than one customer may bring each. */
const questions = supportTasks.filter(({ id }) =>
  ['order status', 'two orders', 'account deletion', 'return policy', 'refund issued earlier'].includes(id),
)

/** Tasks that change something, or would; each is brought once in a trial at most. */
export const changes: readonly Task[] = supportTasks.filter((task) => !questions.includes(task))

/** The questions, each in as many tasks as customers may ask it; without a user of their own, so that answers are shared. */
export const questionCopies: readonly Task[] = Array.from({ length: copies }, (_, copy) =>
  questions.map((task) => ({ ...task, id: `${task.id} (${copy + 1})` })),
).flat()

/** A day at the support desk, with more than one customer at a time. */
export const wholeTasks: readonly Task[] = [...questionCopies, ...changes]
