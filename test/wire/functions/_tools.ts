import { faultable } from '../../../src/wire/functions/faultable.ts'

export interface Order {
  readonly orderId: string
  readonly signal?: AbortSignal
}

/** A tool of the agent's own process that refunds, and so changes the world. */
export function refundTool(work: (order: Order) => Promise<unknown> = ({ orderId }) => Promise.resolve({ orderId })) {
  return faultable(
    {
      kind: 'tool',
      name: 'issue_refund',
      effect: ([{ orderId }]) => ({ key: `refund:${orderId}`, detail: { orderId } }),
    },
    work,
  )
}
