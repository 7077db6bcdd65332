import type { Graded, JsonObject, Task } from 'shakedown'

interface Expected {
  /** Keys of the effects that must have happened, in order; there must be no others. */
  readonly effects?: readonly string[]
  /** What the answer must say. */
  readonly says?: readonly RegExp[]
}

/** Judges what really happened first and words second. */
function grade({ effects = [], says = [] }: Expected): (graded: Graded) => true | string {
  return ({ outcome, effects: applied }) => {
    const keys = applied.map(({ key }) => key)
    if (keys.join() !== effects.join()) {
      return `the effects were [${keys.join(', ')}] and should have been [${effects.join(', ')}]`
    }
    const unsaid = says.find((words) => !words.test(outcome.answer ?? ''))
    return unsaid === undefined ? true : `the answer ${JSON.stringify(outcome.answer)} does not match ${unsaid}`
  }
}

/** What the clerk who approves refunds knows of the case. */
function due(
  order_id: string,
  item: string,
  amount_cents: number,
  decision: 'approved' | 'pending' = 'approved',
): JsonObject {
  return { refund: { order_id, item, amount_cents, decision } }
}

/** A day at the support desk of a kitchen-ware shop. */
export const supportTasks: readonly Task[] = [
  {
    id: 'order status',
    input: 'Hello, where is my order A-1001? I would like to cook with it next week.',
    grade: grade({ says: [/in transit/, /2026-01-05/] }),
  },
  {
    id: 'refund of a damaged kettle',
    input: 'The kettle of order A-1002 arrived with a cracked lid. Please refund it and confirm by e-mail.',
    facts: due('A-1002', 'all', 4_990),
    grade: grade({
      effects: ['issue_refund:A-1002:all', 'send_email:A-1002:Your refund for order A-1002'],
      says: [/refunded EUR 49\.90/],
    }),
  },
  {
    id: 'refund outside the return window',
    input: 'I never used the espresso pot of order A-1003. I want my money back.',
    grade: grade({ says: [/until 2025-11-14/, /cannot refund/] }),
  },
  {
    id: 'partial refund',
    input: 'In order A-1004 the bread knife is blunt. I want a refund for the knife alone, the board is fine.',
    facts: due('A-1004', 'bread knife', 2_750),
    grade: grade({ effects: ['issue_refund:A-1004:bread knife'], says: [/EUR 27\.50 for the bread knife/] }),
  },
  {
    id: 'refund of a whole order',
    input: 'Nothing of order A-1010 is what I ordered. I send it all back and want a refund.',
    facts: due('A-1010', 'all', 3_940),
    // The sum of both items.
    derivable: ['EUR 39.40'],
    grade: grade({ effects: ['issue_refund:A-1010:all'], says: [/EUR 39\.40 for order A-1010/] }),
  },
  {
    id: 'refund of a missing item',
    input: 'The salad spinner of order A-1011 was not in the parcel. Please refund it and write me an e-mail.',
    facts: due('A-1011', 'salad spinner', 3_150),
    grade: grade({
      effects: ['issue_refund:A-1011:salad spinner', 'send_email:A-1011:Your refund for order A-1011'],
      says: [/EUR 31\.50 for the salad spinner/],
    }),
  },
  {
    id: 'two orders',
    input: 'Have A-1005 and A-1006 both left your warehouse?',
    grade: grade({ says: [/A-1005 is in transit/, /A-1006 is packed/] }),
  },
  {
    id: 'account deletion',
    input: 'Delete my account and all my data at once! My customer number is C-311.',
    // What every clerk knows of the privacy team.
    derivable: ['within 30 days'],
    grade: grade({ says: [/cannot delete/, /privacy team/] }),
  },
  {
    id: 'refund issued earlier',
    input: 'I sent the milk frother of order A-1007 back. Where is my refund?',
    grade: grade({ says: [/already issued on 2025-12-29/] }),
  },
  {
    id: 'return policy',
    input: 'How long may I keep a pan before I have to send it back?',
    grade: grade({ says: [/within 30 days/, /unused/] }),
  },
  {
    id: 'refund that a manager must approve',
    input: 'The range cooker of order A-1008 does not fit our kitchen. I want a refund.',
    facts: due('A-1008', 'all', 189_000, 'pending'),
    grade: grade({}),
  },
  {
    id: 'status by e-mail',
    input: 'Please send me the delivery date of order A-1009 by e-mail.',
    grade: grade({ effects: ['send_email:A-1009:Your order A-1009'], says: [/2026-01-06/, /sent you this by e-mail/] }),
  },
]
