import fc from 'fast-check'
import type { Conversation } from '../../../src/agent/messages/conversation.ts'
import type { Message } from '../../../src/agent/messages/message.ts'

const text = fc.oneof(
  fc.string({ maxLength: 60 }),
  fc.string({ minLength: 1, maxLength: 900, unit: 'binary' }),
  fc.constant('word '.repeat(200)),
)

type Part = (id: string) => Message[]

const userPart = text.map((content): Part => () => [{ role: 'user', content }])
const saidPart = text.map((content): Part => () => [{ role: 'assistant', content, calls: [], reasoning: [] }])
const groupPart = fc.array(text, { minLength: 1, maxLength: 3 }).map((results): Part => (id) => {
  const calls = results.map((_, index) => ({ id: `${id}_${index}`, name: 'look_up', argumentsText: '{}' }))
  return [
    { role: 'assistant', content: null, calls, reasoning: [] },
    ...results.map((content, index) => ({ role: 'tool' as const, callId: calls[index]?.id ?? '', content })),
  ]
})

/** Conversations as an agent keeps them: the system prompt, the user's words, and then anything in whole groups. */
export const conversations: fc.Arbitrary<Conversation> = fc
  .tuple(
    text,
    userPart,
    fc.array(
      fc.oneof(
        { weight: 1, arbitrary: userPart },
        { weight: 1, arbitrary: saidPart },
        { weight: 3, arbitrary: groupPart },
      ),
      { maxLength: 10 },
    ),
  )
  .map(([system, first, parts]) => [
    { role: 'system', content: system },
    ...[first, ...parts].flatMap((part, index) => part(`call_${index}`)),
  ])

/** Whether every call has its result right behind it, and every result its call. */
export function isPaired(conversation: Conversation): boolean {
  let open: string[] = []
  for (const message of conversation) {
    if (message.role === 'tool') {
      if (open.shift() !== message.callId) return false
    } else if (open.length > 0) return false
    if (message.role === 'assistant') open = message.calls.map(({ id }) => id)
  }
  return open.length === 0
}
