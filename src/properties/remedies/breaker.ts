/** What usually breaks the properties of circuit breakers, and what to change; by name. */
export const breakerRemedies: Readonly<Record<string, string>> = {
  'breaker.opens':
    'Usually some failures are not counted, e.g. timeouts, or each call has a breaker of its own: compare what counts and who shares it with the profile.',
  'breaker.refuses.rightly':
    'Usually something is counted as a failure that is none, or the rule is stricter than declared: compare what counts with the profile.',
  'breaker.silence':
    'Usually one way to the upstream, e.g. a retry or a stream, goes around the breaker: let every call ask it, retries too.',
  'breaker.in-flight':
    'Usually a call that ends while the breaker is open starts the cooldown anew: leave out calls that began before it opened.',
  'breaker.boundary':
    'Usually the cooldown is counted from the beginning of the call, or from an earlier failure: count it from the end of the call that opened the breaker.',
  'breaker.probes':
    'Usually the permit is taken after an `await`: take it at the moment at which the call is let through.',
  'breaker.closes':
    'Usually successes are counted in a window, or set back between probes: count the successes of probes from the moment of half-open.',
  'breaker.reopens':
    'Usually the cooldown is not started anew, or grows on after the breaker has closed: start it with each failed probe, and set it back on closing.',
  'breaker.forgets': 'Usually the counters are not set back on closing: clear them there.',
  'breaker.neutral':
    'Usually every error counts: leave out cancelled calls and requests refused as a mistake, and give their permits back.',
  'breaker.probe.cancelled':
    'Usually an aborted probe counts as done: give its permit back, and leave the state as it was.',
  'breaker.stragglers':
    'Usually results are counted in whatever state they arrive: note the state in which a call began, and drop its result if that has changed.',
  'breaker.probe.hung': 'Usually a probe has no timeout, so that its permit never comes back: give it one.',
  'breaker.recovers':
    'Usually a permit is lost, or the cooldown grows without bound: give permits back in a `finally`, and cap the cooldown.',
  'breaker.transitions':
    'Usually the half-open state ends by a timer, or with any failure: leave it only by the result of a probe.',
  'breaker.isolation': 'Usually one breaker guards several upstreams: make one for each.',
  'breaker.sharing':
    'Usually the breaker is made in the wrong place: make it where the process starts to share it, and in the task to keep it apart.',
  'breaker.ties':
    'Usually one of several results of one moment is lost, e.g. to a read before a write across an `await`: count each in one step.',
  'breaker.slow': 'Usually only errors are counted: measure how long each call took, successes too.',
  'breaker.window':
    'Usually old calls are dropped only when new ones come, or never: drop them by time whenever the window is read.',
  'breaker.threshold': 'Usually `>` stands for `>=`, or the other way round: compare as the profile declares it.',
  'breaker.survives':
    'Usually the state lives in memory alone, or its time is one of a clock that starts anew: store state and wall-clock time.',
  'breaker.refusal.identity':
    'Usually a refusal is passed on as an error of the upstream: give it a kind of its own, with the time at which the cooldown ends.',
  'breaker.refusal.retried':
    'Usually the retry layer takes a refusal for a failure: do not retry it before the time that it gives.',
  'breaker.accounting':
    'Usually the breaker wraps the fallback, and sees its success: put it around the call to its own upstream alone.',
  'breaker.throttle':
    'Usually Retry-After binds only the call that got it: keep its time with the upstream, and let every call wait for it.',
}
