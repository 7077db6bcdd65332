import { swarm } from './arbitraries/plan.ts'
import { every } from './sources/every.ts'
import { policy } from './sources/policy.ts'
import { provider } from './sources/provider.ts'
import { stream } from './sources/stream.ts'
import { tool } from './sources/tool.ts'

/** The faults a scenario author chooses from. */
export const faults = {
  provider: Object.assign(provider, provider()),
  stream: Object.assign(stream, stream()),
  tool,
  policy,
  swarm,
  every,
}
