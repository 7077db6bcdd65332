import * as fc from 'fast-check'
import { z } from 'zod'
import type { ScriptedReply } from '../../wire/model-script.ts'
import type { AnyMember } from '../catalogue-member.ts'
import { sayingAnew } from './saying-anew.ts'
import { wrongReply } from './wrong-reply.ts'

const forms = ['hallucinated', 'contradictory', 'over_confident', 'wrong_language', 'repetition'] as const
type Form = (typeof forms)[number]

/** Answers in the right form whose words are worth less than they should be. */
export const degradedContentMembers: readonly AnyMember[] = [
  wrongReply({
    id: 'content.degraded',
    isUnnoticeable: true,
    summary:
      'the answer is in the right form and bad: facts made up, a contradiction, certainty without ground, another language, or the same words over and over',
    source: 'Microsoft Dev Proxy, LanguageModelFailurePlugin; strands',
    parameters: z.strictObject({ form: z.enum(forms).default('hallucinated').describe('what is bad about it') }),
    arbitrary: fc.record({ form: fc.constantFrom(...forms) }),
    strike: (call, { form }) =>
      sayingAnew(call, ({ content, toolCalls }) =>
        content && toolCalls.length === 0 ? degraded[form](content) : null,
      ),
  }),
]

const degraded: Readonly<Record<Form, (text: string) => ScriptedReply>> = {
  hallucinated: (text) => ({
    content: `${text} This was confirmed in writing on 31 February under the file HX-48213.`,
  }),
  contradictory: (text) => ({ content: `${text} On the contrary: nothing of this is so.` }),
  over_confident: (text) => ({ content: `I am certain of every word, and nobody needs to check it. ${text}` }),
  wrong_language: () => ({ content: 'Vielen Dank für Ihre Anfrage. Leider liegt mir dazu nichts vor.' }),
  // A loop ends only where the tokens do.
  repetition: (text) => ({ content: Array.from({ length: 20 }, () => text).join(' '), finishReason: 'length' }),
}
