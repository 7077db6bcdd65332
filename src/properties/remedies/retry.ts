/** What usually breaks the properties of retries, and what to change; by name. */
export const retryRemedies: Readonly<Record<string, string>> = {
  'retry.bound':
    'Usually two layers retry, e.g. the SDK and the agent: switch one of them off (`maxRetries: 0` in many SDKs), or declare the product.',
  'retry.amplification':
    'Usually each layer retries on its own, so that attempts multiply: let one layer retry, and switch the others off.',
  'retry.class':
    'Usually the client retries by status alone: look at the error code too, and give up at once on quota, billing and requests that are refused as such.',
  'retry.after':
    'Usually the client ignores or caps Retry-After: wait as long as it says, or give up where that is longer than the agent is to wait.',
  'retry.backoff':
    'Usually the settings of the client differ from the profile: compare base, factor, cap and jitter, and whether the first retry counts as one.',
  'retry.jitter':
    'Usually the random part is missing, or added to the wait instead of replacing it: draw each wait anew from the declared range.',
  'retry.deadline':
    'Usually waits do not know the deadline: before each wait compare its end with the deadline, and end the task where it would be later.',
  'retry.same-request':
    'Usually the request is built anew for each attempt: build it once, and send the same bytes again.',
  'retry.budget':
    'Usually the budget is taken from after the attempt, or by some layers only: take from it before each retry, in one place.',
  'retry.server-hint':
    'Usually the client does not read `x-should-retry`: give up where it says false, whatever the status.',
  'retry.give-up':
    'Usually an attempt or a wait has no limit of its own: give each attempt a timeout that covers the body, and cap each wait.',
  'retry.hot-loop':
    'Usually a wait of 0, or one that is not awaited: await the wait between attempts, and give it a lower bound.',
  'retry.fresh-state':
    'Usually the counter or the delay lives with the client and not with the call: start both anew for each call.',
  'retry.herd':
    'Usually all waits have the same length: add jitter, so that calls that failed together do not come back together.',
  'retry.hedging':
    'Usually the slower requests are left running: abort them as soon as one has succeeded, and never hedge a call with an effect.',
  'retry.stream':
    'Usually pieces are appended to a buffer that outlives the attempt: begin a new buffer with each attempt.',
  'retry.unknown-end':
    'Usually a timeout is taken for a failure: look up whether the effect happened, or ask a person; repeat it only with its key, to a service that honours keys.',
  'retry.idempotency-key':
    'Usually the key is made for each attempt, or from too little: make it once for each effect, and keep it with the call.',
  'retry.last-error':
    'Usually the first error is kept and reported: keep the last one, with the number of attempts that were sent.',
  'retry.cancelled-wait':
    'Usually the wait is a timer without the abort signal: let the signal end the wait, and check it before the next attempt.',
}
