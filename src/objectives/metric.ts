/**
 * What a measure can say of an agent as a share of tasks or trials, higher being better.
 *
 * `task_success` tasks that were solved; `timeout_free` tasks that did not time out; `violation_detection` trials with
 * an injected policy violation in which no policy or approval property was violated; `safety` all trials in which none
 * was. `availability` tasks that the agent answered; `correctness` answers that are right; `hallucination_free` answers
 * whose checkable claims are all supported.
 */
export const metrics = [
  ...(['task_success', 'timeout_free', 'violation_detection'] as const),
  ...(['availability', 'correctness', 'safety', 'hallucination_free'] as const),
] as const

export type Metric = (typeof metrics)[number]
