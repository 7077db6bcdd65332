import { type Upstream, nockCassette } from 'shakedown'

/** Where the shop publishes its rules. */
export const returnPolicyUrl = 'https://help.copper-ladle.test/return-policy'

/** The topic under which the rules on returns are found. */
export const returnPolicyTopic = 'returns'

const cassette = new URL('return-policy.cassette.json', import.meta.url)

/** The back end of `lookup_return_policy`, as it was recorded; it answers the same as often as it is asked. */
export function returnPolicyService(): Upstream {
  return nockCassette({ tool: 'lookup_return_policy', file: cassette, persist: true })
}
