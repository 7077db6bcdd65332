/** What usually breaks the properties of bulkheads and rate limits, and what to change; by name. */
export const bulkheadRemedies: Readonly<Record<string, string>> = {
  'bulkhead.concurrency':
    'Usually the slot is given back with the headers, or retries go around it: hold it until the body has been read, for every attempt.',
  'bulkhead.queue':
    'Usually the queue has no bound, or a refusal comes late: count who waits, and refuse at once when the queue is full.',
  'bulkhead.slots': 'Usually a slot is not given back where a call throws or is aborted: give it back in a `finally`.',
  'bulkhead.first-come':
    'Usually waiting calls poll for a slot, or a cancelled one stays in the queue: use one queue, and take out who leaves.',
  'bulkhead.isolation':
    'Usually two upstreams share a pool, or a slot is taken before it is needed: give each its own, and take one only to send.',
  'bulkhead.refusal-is-neutral':
    'Usually the breaker wraps the bulkhead and counts its refusals: leave them out, or put the bulkhead outside of the breaker.',
  'bulkhead.rate-limit':
    'Usually the window begins anew at fixed times, or retries are not counted: count every attempt, in a window that slides.',
  'bulkhead.fairness': 'Usually one queue serves all users: give each user a queue, and take from them in turn.',
  'bulkhead.no-deadlock':
    'Usually a call keeps its slot while it waits for another of the same pool: give calls within calls a pool of their own.',
}
