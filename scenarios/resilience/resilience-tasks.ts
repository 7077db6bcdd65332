import type { Graded, Task } from 'shakedown'

function grade(words: RegExp, effects: readonly string[] = []): (graded: Graded) => true | string {
  return ({ outcome, effects: applied }) => {
    const keys = applied.map(({ key }) => key)
    if (keys.join() !== effects.join())
      return `the effects were [${keys.join()}] and should have been [${effects.join()}]`
    const answer = outcome.answer ?? ''
    return words.test(answer) ? true : `the answer ${JSON.stringify(answer)} does not match ${words}`
  }
}

const hours = 'When are you open?'
const fees = 'What does a book cost that comes back late?'

/** Questions that are answered from the rules of the house, so that an answer may be kept and given again. */
export const ruleTasks: readonly Task[] = [
  { id: 'hours for reader 1', user: 'reader-1', input: hours, grade: grade(/from 9 to 19/) },
  { id: 'hours for reader 2', user: 'reader-2', input: hours, grade: grade(/from 9 to 19/) },
  { id: 'hours for nobody in particular', input: hours, grade: grade(/from 9 to 19/) },
  { id: 'fees for reader 1', user: 'reader-1', input: fees, grade: grade(/20 cents a day/) },
  { id: 'fees for reader 2', user: 'reader-2', input: fees, grade: grade(/20 cents a day/) },
  { id: 'card for reader 2', user: 'reader-2', input: 'What is a library card?', grade: grade(/free for residents/) },
]

/** Questions that need the catalogue. */
export const shelfTasks: readonly Task[] = [
  { id: 'shelf of B-101', user: 'reader-1', input: 'Where do I find B-101?', grade: grade(/shelf N4/) },
  { id: 'shelf of B-103', user: 'reader-2', input: 'Where do I find B-103?', grade: grade(/shelf T7/) },
]

/** A question whose answer streams for many seconds. */
export const slowTask: Task = {
  id: 'guide for reader 1',
  user: 'reader-1',
  input: 'Please tell me everything about the library.',
  grade: grade(/20 cents a day.* B-105/),
}

/** Requests that change something: each is made once in a trial at most, since a second one is a second effect. */
export const reservationTasks: readonly Task[] = ['B-102', 'B-104', 'B-105'].map((id, index) => ({
  id: `reservation of ${id}`,
  user: `reader-${(index % 2) + 1}`,
  input: `Please reserve ${id} for me.`,
  grade: grade(/is reserved for you/, [`reserve_book:${id}`]),
}))

/** A day at the desk of a library. */
export const resilienceTasks: readonly Task[] = [...ruleTasks, ...shelfTasks, slowTask, ...reservationTasks]
