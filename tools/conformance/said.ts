import { z } from 'zod'

const call = z.object({ name: z.string(), arguments: z.string() })
const chat = z.object({
  choices: z.array(
    z.object({
      finish_reason: z.string().nullable(),
      message: z.object({
        content: z.string().nullish(),
        refusal: z.string().nullish(),
        tool_calls: z.array(z.object({ function: call })).nullish(),
      }),
    }),
  ),
})
const message = z.object({
  stop_reason: z.string().nullable(),
  content: z.array(
    z.looseObject({
      type: z.string(),
      text: z.string().optional(),
      name: z.string().optional(),
      input: z.unknown().optional(),
    }),
  ),
})
const response = z.object({
  status: z.string(),
  incomplete_details: z.object({ reason: z.string() }).nullish(),
  output: z.array(
    z.looseObject({
      type: z.string(),
      name: z.string().optional(),
      arguments: z.string().optional(),
      content: z.array(z.looseObject({ text: z.string().optional(), refusal: z.string().optional() })).nullish(),
    }),
  ),
})

/** What a parsed reply of any dialect says, as a program would read it. */
export function saidIn(reply: unknown): string {
  const asChat = chat.safeParse(reply)
  if (asChat.success) {
    const [choice] = asChat.data.choices
    if (choice === undefined) return 'no choice'
    const { content, refusal, tool_calls: calls } = choice.message
    return told(
      [content, refusal],
      (calls ?? []).map((one) => one.function),
      choice.finish_reason,
    )
  }
  const asMessage = message.safeParse(reply)
  if (asMessage.success) {
    const { content, stop_reason: reason } = asMessage.data
    const calls = content.filter(({ type }) => type === 'tool_use')
    return told(
      content.map(({ text }) => text),
      calls.map(({ name = '', input }) => ({ name, arguments: JSON.stringify(input) })),
      reason,
    )
  }
  const asResponse = response.safeParse(reply)
  if (!asResponse.success) return typeof reply === 'string' ? `the text ${quoted(reply)}` : 'an object without a reply'
  const { output, status, incomplete_details: details } = asResponse.data
  return told(
    output.flatMap(({ content }) => (content ?? []).map(({ text, refusal }) => text ?? refusal)),
    output.flatMap(({ name, arguments: args }) => (name === undefined ? [] : [{ name, arguments: args ?? '' }])),
    details === null || details === undefined ? status : `${status} (${details.reason})`,
  )
}

/** A reply in words: what it says, what it asks for, how it ends. */
export function told(
  texts: readonly (string | null | undefined)[],
  calls: readonly z.output<typeof call>[],
  reason: string | null,
): string {
  const text = texts.filter((one) => one !== null && one !== undefined && one !== '').join('')
  const asked =
    calls.length > 3 ? `${calls.length} calls` : calls.map((one) => `${one.name}(${one.arguments})`).join(' ')
  const parts = [text === '' ? '' : quoted(text), asked, reason === null ? 'no end' : reason]
  return parts.filter((part) => part !== '').join(', ')
}

function quoted(text: string): string {
  return JSON.stringify(text.length > 40 ? `${text.slice(0, 40)}…` : text)
}
