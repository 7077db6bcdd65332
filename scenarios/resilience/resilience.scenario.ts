import { properties, scenario } from 'shakedown'
import { createResilienceAgent } from './resilience-agent.ts'
import { resilienceFaults } from './resilience-faults.ts'
import { resilienceProfile } from './resilience-profile.ts'
import { resilienceTasks } from './resilience-tasks.ts'
import { healAtMs, resilienceWorkload } from './resilience-workloads.ts'
import { resilienceWorld } from './resilience-world.ts'

export default scenario('library desk with every means against trouble', {
  agent: () => createResilienceAgent(),
  tasks: resilienceTasks,
  workload: resilienceWorkload,
  upstreams: resilienceWorld,
  profile: resilienceProfile(),
  limits: { healAtMs, calls: 2_000, virtualMs: 1_800_000 },
  search: {
    trials: 1_000,
    quickTrials: 100,
    faults: resilienceFaults(),
    properties: properties.all,
  },
})
