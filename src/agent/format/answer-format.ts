import { z } from 'zod'
import { NotStrictError, strictSchema } from './strict-schema.ts'
import { restored } from './restored.ts'

/** A form of JSON that an answer is asked for in. */
export interface RequestedFormat {
  readonly name: string
  /** The strict schema, as a service holds its model to it. */
  readonly jsonSchema: Record<string, unknown>
}

/** The form of an agent's answers, and what reads them. */
export interface AnswerFormat extends RequestedFormat {
  /** How often a model is told that its answer does not fit. */
  readonly maxRepairs: number
  /** The answer as JSON text that the schema accepts, or what is wrong with it, in words for the model. */
  check(text: string): { readonly answer: string } | { readonly problem: string }
}

/** What the author of an agent writes; the answer of an outcome is JSON text that `schema` accepts. */
export const answerFormatSchema = z
  .strictObject({
    /** What the service is told that the format is called. */
    name: z
      .string()
      .regex(/^[\w-]{1,64}$/, 'must be 1 to 64 letters, digits, _ and -')
      .default('answer'),
    schema: z.instanceof(z.ZodObject, { error: 'must be an object of zod' }),
    /** How often the model is told that an answer does not fit, before the task ends with `invalid_llm_response`. */
    maxRepairs: z.int().min(0).default(2),
  })
  .transform(({ schema, ...rest }, context): AnswerFormat => {
    const jsonSchema = { ...z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' }) }
    const check: AnswerFormat['check'] = (text) => checked(text, schema, jsonSchema)
    try {
      return { ...rest, jsonSchema: strictSchema(jsonSchema), check }
    } catch (error) {
      if (!(error instanceof NotStrictError)) throw error
      context.addIssue({ code: 'custom', path: ['schema'], message: `cannot be strict, because ${error.message}` })
      return z.NEVER
    }
  })

function checked(text: string, schema: z.ZodObject, jsonSchema: object): ReturnType<AnswerFormat['check']> {
  const json = parsed(text)
  if (json === undefined) return { problem: 'it is not JSON' }
  const value = restored(json, jsonSchema)
  const fit = schema.safeParse(value)
  if (!fit.success) return { problem: inWords(fit.error) }
  // As it came, unless something stood in it for being absent.
  const isSame = JSON.stringify(value) === JSON.stringify(json)
  return { answer: isSame ? text : JSON.stringify(value) }
}

/** Undefined where a text is not JSON. */
function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

function inWords(error: z.ZodError): string {
  return error.issues.map(({ path, message }) => `${path.map(String).join('.') || 'answer'}: ${message}`).join('; ')
}
