import { createChaos } from 'shakedown'
import refunds from './scenarios/refund.scenario.ts'

const { agent, tasks, upstreams, profile } = refunds
const chaos = createChaos({ agent, tasks, upstreams, profile })
{
  using _failures = chaos.injectToolFailures({ rate: 0.9 })
  using _latency = chaos.injectLatency({ ms: 20_000 })
  console.log('on a bad day: ', await chaos.run())
}
console.log('on a good day:', await chaos.run())
