/** First actions for what a search found, by the letter of the property's family, where its members are alike. */
export const actionsByFamily: Readonly<Record<string, readonly string[]>> = {
  L: [
    'Replay the finding, and see at which step of the loop it begins.',
    'Go through the latest changes of the loop, its prompts and its tools.',
    'Look in service for tasks that ended in the same way.',
  ],
  R: [
    'Replay the finding, and see which layer tried again: the client library or the agent.',
    'Set attempts and budget of that layer to what the profile declares.',
    'Switch off the retries of every other layer.',
  ],
  Z: [
    'Replay the finding, and see what the agent made of the stream.',
    'See whether a newer version of the client library reads such a stream rightly.',
    'Until it is mended, ask for whole replies in place of streams where the provider offers them.',
  ],
  B: [
    'Replay the finding, and compare what the agent did with the lane of the breaker in the report.',
    'Compare the settings of the breaker with the profile: what counts, thresholds, cooldown, probes.',
    'Until it is mended, watch the load on the upstream that it guards, and how many calls it refuses.',
  ],
  T: [
    'Replay the finding, and see which call had no limit, or one that did not reach the request.',
    'Compare the timeouts of client library and agent with the profile.',
    'Look at the latencies of the upstream in service: a limit below them fails good calls.',
  ],
  F: [
    'Replay the finding, and see which source was asked, and which gave the answer.',
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
    'Go through the latest changes of what the agent stores, and when.',
    'Look in service for tasks that were handed over again.',
  ],
}

const refusedRequests: readonly string[] = [
  'Replay the finding, and see which answer was followed by another attempt: its status, its error code, its headers.',
  'Let the layer that tried again give up at once on such an answer, or switch its retries off until it can.',
  'Look in service for requests that were refused for good and sent again: they use up rate limits and hide the cause.',
]

const waits: readonly string[] = [
  'Replay the finding, and see which layer waited, and for how long: the client library or the agent.',
  'Set the waits of that layer (base, factor, cap, jitter) to what the profile declares.',
  'Look in service for bursts of requests after a failure of the upstream.',
]

/** First actions for the properties that those of their family do not fit. */
export const actionsById: Readonly<Record<string, readonly string[]>> = {
  R3: refusedRequests,
  R13: refusedRequests,
  R4: [
    'Replay the finding, and compare the Retry-After of the answer with the wait after it.',
    'Let the layer that tried again wait as long as Retry-After says, or give up where that is too long.',
    'Look in service at the share of 429: a provider may block whoever ignores Retry-After.',
  ],
  R5: waits,
  R6: waits,
  R17: waits,
  R18: waits,
  R19: waits,
  R7: [
    'Replay the finding, and see which wait or attempt went past the deadline of the task.',
    'Hand the deadline to the layer that tries again, or lower its attempts until they fit.',
    'Look in service for tasks that end after their deadline.',
  ],
  R8: [
    'Replay the finding, and see which wait went on after the task had been cancelled.',
    'Hand the abort signal of the task to that wait.',
    'Look in service for requests on behalf of cancelled tasks.',
  ],
  R11: [
    'Replay the finding, and compare the bodies of the two attempts.',
    'Build the request once, before the first attempt.',
    'Look in service for answers that do not belong to the request.',
  ],
  R14: [
    'Replay the finding, and see which attempt brought which part of the answer.',
    'Until it is mended, ask for whole replies in place of streams, or switch off the retries of streams.',
    'Look in service for answers in which text stands twice.',
  ],
  R15: [
    'Replay the finding, and compare the error that was reported with the last answer.',
    'Until it is mended, read the cause of a failure in the logs of the upstream, not in the message of the agent.',
    'See whether alerts or fallbacks depend on the error that is reported.',
  ],
  R16: [
    'Replay the finding, and see which attempt or wait had no limit.',
    'Set a timeout for each attempt, its body included, and a cap for each wait.',
    'Look in service for calls that have been under way for longer than the profile allows.',
  ],
  R20: [
    'Replay the finding, and see which of the parallel requests was left running, or should not have been sent.',
    'Switch hedging off until it is mended.',
    'Look in service at how many requests each task costs.',
  ],
  L13: [
    'Replay the finding, and see what was stored when the process was killed.',
    'Look in service for tasks that were under way at the last restart, and for effects that they made twice or not at all.',
    'Until it is mended, end tasks before a restart in place of killing the process.',
  ],
  T4: [
    'Replay the finding, and see which answer arrived after its call had been given up.',
    'Drop what arrives after the timeout, in the layer that sets it.',
    'Look in service for answers that belong to an earlier request.',
  ],
  T6: [
    'Replay the finding, and see in its last entry what was left behind: timers, sockets, calls.',
    'Clear timers and close connections where a task ends.',
    'Look in service at the memory and the open sockets of processes that run for long.',
  ],
  K6: [
    'Replay the finding, and compare the refusals of the pool with the lane of the breaker in the report.',
    'Leave refusals of the pool out of what the breaker counts.',
    'Look in service for breakers that opened while their upstream was well.',
  ],
  K7: [
    'Replay the finding, and count the requests in the window that it names.',
    'Compare the declared rate with what the client library is set to, its retries included.',
    'Look in service at the share of 429.',
  ],
  O3: [
    'Replay the finding, and see which calls carried the old key, and how often a new one was asked for.',
    'Go through the latest changes of where keys are kept.',
    'Look in service at the share of 401 and 403 since the last rotation.',
  ],
  O4: [
    'Replay the finding, and compare what the health check said with what the agent could do.',
    'Go through the latest changes of the health check.',
    'Look in service at when the last check was made.',
  ],
}
