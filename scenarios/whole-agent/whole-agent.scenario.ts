import { properties, scenario } from 'shakedown'
import { merchantToken } from '../support/support-orders.ts'
import { createWholeAgent } from './whole-agent.ts'
import { wholeFaults } from './whole-faults.ts'
import { wholeProfile } from './whole-profile.ts'
import { wholeTasks } from './whole-tasks.ts'
import { healAtMs, wholeWorkload } from './whole-workloads.ts'
import { wholeWorld } from './whole-world.ts'

export default scenario('support agent with all its parts', {
  agent: () => createWholeAgent(),
  tasks: wholeTasks,
  workload: wholeWorkload,
  upstreams: wholeWorld,
  secrets: [{ name: 'merchant token', value: merchantToken, mayReach: ['primary', 'backup', 'memory'] }],
  profile: wholeProfile,
  limits: { healAtMs, calls: 6_000, virtualMs: 1_800_000 },
  search: {
    trials: 4_000,
    quickTrials: 2_000,
    faults: wholeFaults(),
    // It declares no accuracy: the library desk does.
    properties: properties.without('A2', 'A3', 'A4', 'A10'),
  },
})
