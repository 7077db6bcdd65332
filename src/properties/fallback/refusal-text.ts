import { z } from 'zod'

const refusing = z.object({ refusal: z.string().min(1) })
const part = z.union([refusing.transform(({ refusal }) => [refusal]), z.unknown().transform(() => [])])
const chat = z.object({ choices: z.array(z.object({ message: part })) })
const chunk = z.object({ choices: z.array(z.object({ delta: part })) })
const output = z.object({ output: z.array(z.object({ content: z.array(part).catch([]) })) })

/**
 * The words in which a model declined, as a body of an OpenAI chat completion, whole or streamed, or of an OpenAI
 * response carries them; null where it did not decline.
 *
 * A reply that declines has no content, so that the view of it alone looks like an empty one.
 */
export function refusalText(body: string): string | null {
  if (!body.includes('"refusal"')) return null
  const whole = parseJson(body)
  const said = whole === undefined ? streamedParts(body) : wholeParts(whole)
  return said.length > 0 ? said.join('') : null
}

function wholeParts(value: unknown): readonly string[] {
  const asChat = chat.safeParse(value)
  if (asChat.success) return asChat.data.choices.flatMap(({ message }) => message)
  const asOutput = output.safeParse(value)
  return asOutput.success ? asOutput.data.output.flatMap(({ content }) => content.flat()) : []
}

function streamedParts(body: string): readonly string[] {
  return body.split('\n').flatMap((line) => {
    if (!line.startsWith('data:')) return []
    const parsed = chunk.safeParse(parseJson(line.slice('data:'.length)))
    return parsed.success ? parsed.data.choices.flatMap(({ delta }) => delta) : []
  })
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
