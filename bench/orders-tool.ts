import { toolBackend, toolResult } from 'shakedown'

/** Where the tool of the benches is. */
export const ordersUrl = 'https://orders.bench.test/orders'

/** A tool that answers at once: what is measured lies around it. */
export const ordersTool = toolBackend({
  tool: 'lookup_order',
  method: 'GET',
  url: ordersUrl,
  handle: () => toolResult({ status: 'shipped' }),
})
