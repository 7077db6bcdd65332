import type { ScriptedReply } from 'shakedown'
import type { Conversation } from './conversation.ts'
import { attemptsAt } from './conversation.ts'

/** A message to the customer on whose behalf an order was looked up. */
export interface Email {
  readonly order_id: string
  readonly subject: string
  readonly body: string
}

/** Answers the customer. */
export function say(content: string): ScriptedReply {
  return { content }
}

/** Sends an e-mail; null once it has been tried, whatever came of it: a second one could be a second e-mail. */
export function emailOnce(conversation: Conversation, email: Email): ScriptedReply | null {
  return emailAttempt(conversation, email) ? null : { toolCalls: [{ name: 'send_email', arguments: { ...email } }] }
}

/** What to tell the customer of an e-mail that was tried. */
export function mailWords(conversation: Conversation, email: Email): string {
  const isSent = emailAttempt(conversation, email)?.result.includes('"status":"sent"') === true
  return isSent ? 'I have sent you this by e-mail as well.' : 'I could not make sure that the e-mail was sent.'
}

function emailAttempt(conversation: Conversation, { order_id, subject }: Email) {
  return attemptsAt(conversation, 'send_email', order_id).find((attempt) => attempt.arguments['subject'] === subject)
}
