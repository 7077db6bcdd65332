import type { ScriptedReply } from 'shakedown'
import type { Attempt, Conversation } from './conversation.ts'
import { attemptsAt } from './conversation.ts'
import { emailOnce, mailWords, say } from './replies.ts'
import type { Order } from './support-orders.ts'

/** What the customer wants paid back, in the words of the payment service. */
interface Refund {
  readonly order_id: string
  readonly item: string
  readonly amount_cents: number
}

/** Decides on a refund by the shop's rules: once, within the return window, for what the customer names. */
export function answerRefund(conversation: Conversation, order: Order): ScriptedReply {
  const refund = requestedRefund(conversation, order)
  const earlier = order.refunds.find(({ item }) => item === refund.item || item === 'all')
  if (earlier !== undefined) {
    return say(
      `Your refund of ${euros(earlier.amount_cents)} for order ${order.order_id} was already issued on ${earlier.issued_on}, so I do not issue it again. Banks take up to five working days.`,
    )
  }
  if (conversation.today > order.returnable_until) {
    return say(
      `I am sorry: order ${order.order_id} could be returned until ${order.returnable_until}, so that I cannot refund it any more.`,
    )
  }
  const attempts = attemptsAt(conversation, 'issue_refund', refund.order_id).filter(
    (attempt) => attempt.arguments['item'] === refund.item,
  )
  const issued = attempts.find(isIssued)
  if (issued) return confirm(conversation, refund)
  const open = attempts.find(({ result }) => !isCertainlyNotExecuted(result))
  if (open) return say(unknownOutcome(refund))
  if (attempts.some((attempt) => attempt.arguments['amount_cents'] === refund.amount_cents)) return say(failed(refund))
  return { toolCalls: [{ name: 'issue_refund', arguments: { ...refund } }] }
}

function requestedRefund({ request }: Conversation, { order_id, items }: Order): Refund {
  const named = items.filter(({ item }) => request.includes(item))
  const [only] = named
  if (only !== undefined && named.length === 1 && items.length > 1) {
    return { order_id, item: only.item, amount_cents: only.price_cents }
  }
  return { order_id, item: 'all', amount_cents: items.reduce((sum, { price_cents }) => sum + price_cents, 0) }
}

/** Also where the program says that an earlier call had this result. */
function isIssued({ result }: Attempt): boolean {
  return /"status":\s*"issued"/.test(result)
}

function isCertainlyNotExecuted(result: string): boolean {
  return result.startsWith('Error: ') && result.includes('was not executed')
}

function confirm(conversation: Conversation, refund: Refund): ScriptedReply {
  const { order_id, item, amount_cents } = refund
  const done = `I have refunded ${euros(amount_cents)} for ${item === 'all' ? `order ${order_id}` : `the ${item} of order ${order_id}`}.`
  if (!/e-?mail/i.test(conversation.request)) return say(done)
  const email = { order_id, subject: `Your refund for order ${order_id}`, body: done }
  return emailOnce(conversation, email) ?? say(`${done} ${mailWords(conversation, email)}`)
}

function unknownOutcome({ order_id, amount_cents }: Refund): string {
  return `I am sorry: the payment system did not confirm your refund of ${euros(amount_cents)} for order ${order_id}. It may have been issued, so I do not repeat it; a colleague checks it and writes to you today.`
}

function failed({ order_id, amount_cents }: Refund): string {
  return `I am sorry: I could not issue your refund of ${euros(amount_cents)} for order ${order_id}. A colleague takes over and writes to you today.`
}

function euros(cents: number): string {
  return `EUR ${(cents / 100).toFixed(2)}`
}
