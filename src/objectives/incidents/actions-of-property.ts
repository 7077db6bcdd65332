import { type Severity, responses } from './severity.ts'

/** First actions for what a search found, by the letter of the property's family. */
const byFamily: Readonly<Record<string, readonly string[]>> = {
  L: [
    'Replay the finding, and see at which step of the loop it begins.',
    'Go through the latest changes of the loop, its prompts and its tools.',
    'Look in service for tasks that ended in the same way.',
  ],
  R: [
    'Replay the finding, and see which layer tried again: the client library or the agent.',
    'Set attempts, waits and the longest Retry-After of that layer to what the profile declares.',
    'Switch off the retries of every other layer.',
  ],
  Z: [
    'Replay the finding, and see what the agent made of the broken stream.',
    'See whether a newer version of the client library refuses such a stream.',
    'Until it is mended, ask for whole replies in place of streams where the provider offers them.',
  ],
  B: [
    'Replay the finding, and compare what the agent did with the lane of the breaker in the report.',
    'Compare the settings of the breaker with the profile: what counts, thresholds, cooldown, probes.',
    'Until it is mended, watch the load on the upstream that it guards.',
  ],
  T: [
    'Replay the finding, and see which call had no limit, or one that did not reach the request.',
    'Compare the timeouts of client library and agent with the profile.',
    'Look at the latencies of the upstream in service: a limit below them fails good calls.',
  ],
  F: [
    'Replay the finding, and see which source gave the answer.',
    'Compare the chain with the profile: its order, its conditions, what it keeps.',
    'Look in service at how many answers come from which source.',
  ],
  K: [
    'Replay the finding, and see which call held its slot, and for how long.',
    'Compare the sizes of pool and queue with the profile.',
    'Look in service at how many calls wait, and how many are refused.',
  ],
  A: [
    'Declare "unknown" in place of the share until it is measured again.',
    'Measure the agent as it is now.',
    'Tell whoever relies on the declared share.',
  ],
  O: [
    'Replay the finding, and see what was stored, or known, when the process began.',
    'Go through the latest changes of stores, keys and health checks.',
    'Look in service for tasks that were handed over again.',
  ],
}

/**
 * What to do first about a violated property.
 *
 * What does harm is taken out of service, whatever it is; for the rest, what helps depends on what was broken: a client
 * that retries too soon is no reason to look at deployments.
 */
export function actionsOfProperty(id: string, severity: Severity): readonly string[] {
  const family = /^([A-Z])\d+$/.exec(id)?.[1] ?? ''
  return severity === 'sev1' ? responses.sev1.actions : (byFamily[family] ?? responses[severity].actions)
}
