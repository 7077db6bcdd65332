import { toolBackend, toolResult } from 'shakedown'
import type { Upstream } from 'shakedown'

/** Where the shop publishes its rules. */
export const returnPolicyUrl = 'https://help.copper-ladle.test/return-policy'

/** What the shop promises about returns. */
export const returnPolicy = {
  topic: 'returns',
  days: 30,
  condition: 'unused and in its box',
  damaged: 'goods that arrive damaged are refunded without being sent back',
}

/** The back end of `lookup_return_policy`. */
export function returnPolicyService(): Upstream {
  return toolBackend({
    tool: 'lookup_return_policy',
    method: 'GET',
    url: returnPolicyUrl,
    handle: () => toolResult(returnPolicy),
  })
}
