/**
 * How one upstream call counts, as a breaker or a retry policy should see it.
 *
 * `success` a complete good answer; `failure` countable (5xx, 408, 409, 429, refused before anything was sent);
 * `neutral` the caller's own doing (other 4xx, cancelled); `indeterminate` sent but not completely answered
 * (timeout, reset, cut), the class on which duplicate effects hang.
 */
export type OutcomeClass = 'success' | 'failure' | 'neutral' | 'indeterminate'
