import { swarm } from './arbitraries/plan.ts'
import { always, oneOf } from './arbitraries/whole-plans.ts'
import { patterns } from './patterns/patterns.ts'
import { clock } from './sources/clock.ts'
import { every } from './sources/every.ts'
import { mcp } from './sources/mcp.ts'
import { local } from './sources/local.ts'
import { memory } from './sources/memory.ts'
import { policy } from './sources/policy.ts'
import { process } from './sources/process.ts'
import { provider } from './sources/provider.ts'
import { approval, embeddings, policyService, telemetry } from './sources/service.ts'
import { store } from './sources/store.ts'
import { stream } from './sources/stream.ts'
import { tool } from './sources/tool.ts'

/** The faults a scenario author chooses from. */
export const faults = {
  provider: Object.assign(provider, provider()),
  stream: Object.assign(stream, stream()),
  tool,
  store: Object.assign(store, store()),
  mcp,
  local,
  memory,
  policy,
  clock: Object.assign(clock, clock()),
  process: Object.assign(process, process()),
  policyService: Object.assign(policyService, policyService()),
  approval: Object.assign(approval, approval()),
  telemetry: Object.assign(telemetry, telemetry()),
  embeddings: Object.assign(embeddings, embeddings()),
  swarm,
  always,
  oneOf,
  patterns,
  every,
}
