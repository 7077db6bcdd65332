import * as fc from 'fast-check'
import { z } from 'zod'
import type { Dialect } from '../../wire/dialect.ts'
import type { AnyMember } from '../catalogue-member.ts'
import { asScripted, sayingAnew } from './saying-anew.ts'
import { wrongReply } from './wrong-reply.ts'

const forms = ['json', 'stream'] as const
/** Where the same words can be given in either form, whatever the request asked for. */
const dialects: readonly Dialect[] = ['openai.chat', 'anthropic.messages']

/** Replies that say what they should in a form that nobody asked for. */
export const wrongFormMembers: readonly AnyMember[] = [
  wrongReply({
    id: 'sse.as_json',
    dialects,
    summary: 'a stream was asked for and the reply comes whole as JSON, or the other way round',
    source: 'our own, after gateways and compatible servers that ignore the field stream',
    parameters: z.strictObject({
      form: z.enum(forms).default('json').describe('the form that comes, to requests for the other one'),
    }),
    arbitrary: fc.record({ form: fc.constantFrom(...forms) }),
    strike(call, { form }) {
      const stream = form === 'stream'
      const { model } = call.view
      if (model === null || model.stream === stream) return null
      return sayingAnew({ ...call, view: { ...call.view, model: { ...model, stream } } }, asScripted)
    },
  }),
]
