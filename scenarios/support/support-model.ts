import type { ModelTurn, ScriptedReply } from 'shakedown'
import { z } from 'zod'
import type { Conversation } from './conversation.ts'
import { attemptsAt, knownOrder, readConversation, readResult } from './conversation.ts'
import { returnPolicyTopic } from './return-policy.ts'
import { answerRefund } from './refund-decision.ts'
import { emailOnce, mailWords, say } from './replies.ts'
import type { Order } from './support-orders.ts'

/** After so many failed look-ups a good clerk stops asking the system and says so. */
const mostLookups = 2

/**
 * A competent support model as a function of the conversation.
 *
 * It reads what the tools answered, looks up what it needs in parallel, apologises when a system fails, and never
 * asks twice for an effect whose outcome it does not know.
 */
export function supportModel(turn: ModelTurn): ScriptedReply {
  const conversation = readConversation(turn)
  if (/delete .*(account|data)/i.test(conversation.request)) return say(noDeletion)
  if (conversation.orderIds.length === 0) return answerPolicy(conversation)
  const missing = conversation.orderIds.filter((id) => knownOrder(conversation, id) === null)
  const hopeless = missing.filter((id) => attemptsAt(conversation, 'lookup_order', id).length >= mostLookups)
  if (hopeless.length > 0) return say(apology(hopeless))
  if (missing.length > 0) {
    return { toolCalls: missing.map((order_id) => ({ name: 'lookup_order', arguments: { order_id } })) }
  }
  const orders = conversation.orderIds.flatMap((id) => knownOrder(conversation, id) ?? [])
  const [first] = orders
  if (first !== undefined && /refund|money back/i.test(conversation.request)) return answerRefund(conversation, first)
  return answerStatus(conversation, orders)
}

const noDeletion =
  'I cannot delete customer accounts, and nobody can through this chat. Our privacy team does it on a written request, within 30 days; your account is unchanged until then.'

function apology(orderIds: readonly string[]): string {
  return `I am sorry: our order system does not answer for ${orderIds.join(' and ')} at the moment. I have changed nothing and pass your request to a colleague, who will write to you today.`
}

function answerStatus(conversation: Conversation, orders: readonly Order[]): ScriptedReply {
  const status = orders.map(statusWords).join(' ')
  const [first] = orders
  if (first === undefined || !/e-?mail/i.test(conversation.request)) return say(status)
  const email = { order_id: first.order_id, subject: `Your order ${first.order_id}`, body: status }
  return emailOnce(conversation, email) ?? say(`${status} ${mailWords(conversation, email)}`)
}

function statusWords({ order_id, status, delivery_on }: Order): string {
  if (status === 'delivered') return `Order ${order_id} was delivered on ${delivery_on}.`
  return `Order ${order_id} is ${status}; delivery is announced for ${delivery_on}.`
}

const policySchema = z.object({ days: z.int(), condition: z.string(), damaged: z.string() })

function answerPolicy({ attempts }: Conversation): ScriptedReply {
  const lookups = attempts.filter(({ tool }) => tool === 'lookup_return_policy')
  const policy = lookups.map((lookup) => readResult(policySchema, lookup)).find((found) => found !== null)
  if (policy) {
    return say(`You may return goods within ${policy.days} days, ${policy.condition}; ${policy.damaged}.`)
  }
  if (lookups.length >= mostLookups) {
    return say('I am sorry: I cannot open our return policy right now. A colleague will write to you with the answer.')
  }
  return { toolCalls: [{ name: 'lookup_return_policy', arguments: { topic: returnPolicyTopic } }] }
}
