import { getOrCreate } from '../get-or-create.ts'
import { plainText, sameText } from './same-text.ts'
import type { TaskLine } from './task-line.ts'

/** A text that came up in a trial and that a cache may have kept, rightly or not. */
export interface MadeAnswer {
  readonly line: TaskLine
  /** When it came, in virtual milliseconds. */
  readonly at: number
  /** The call that brought it; null for a text of the agent's own. */
  readonly call: number | null
  /** The model that said it; null for a text of the agent's own. */
  readonly model: string | null
  /** Why it must not be kept, as the rest of the sentence "which …"; null for a whole answer of the primary. */
  readonly flaw: string | null
}

/** Every text of a trial that could come back as a kept answer, by its words. */
export class MadeAnswers {
  readonly #byText = new Map<string, MadeAnswer[]>()

  note(text: string, made: MadeAnswer): void {
    getOrCreate(this.#byText, plainText(text), () => []).push(made)
  }

  /** All that said these words, in the order in which they came. */
  saying(text: string): readonly MadeAnswer[] {
    return this.#byText.get(plainText(text)) ?? []
  }
}

/** Whether an answer was made for the same user and the same words, so that it may be reused. */
export function isSameKey({ line }: MadeAnswer, { input, user }: TaskLine): boolean {
  return line.user === user && sameText(line.input, input)
}
