/**
 * How grave an incident is, from 1 down. What an agent does that harms outranks any downtime: one that is silent does
 * less damage than one that does what it must not.
 */
export const severities = ['sev1', 'sev2', 'sev3'] as const

export type Severity = (typeof severities)[number]

/** What a severity asks of whoever is on call. */
export interface Response {
  /** What such an incident is. */
  readonly meaning: string
  /** Who is called, at any hour; null where nobody is, and it waits for working hours. */
  readonly called: string | null
  /** Milliseconds within which somebody must be at it; of working hours where nobody is called. */
  readonly respondWithinMs: number
  readonly actions: readonly string[]
}

const minuteMs = 60_000

/** Response times and first actions of each severity. */
export const responses: Readonly<Record<Severity, Response>> = {
  sev1: {
    meaning: 'the agent does harm, or something unsafe',
    called: 'the engineer on call and whoever answers for the safety of the agent',
    respondWithinMs: 5 * minuteMs,
    actions: [
      'Take the agent out of service at once.',
      'Send its traffic to the fallback agent, or to people.',
      'Page the engineer on call and whoever answers for the safety of the agent.',
    ],
  },
  sev2: {
    meaning: 'the agent is unavailable, or completes fewer tasks than its objective asks for',
    called: 'the engineer on call',
    respondWithinMs: 15 * minuteMs,
    actions: [
      'Look at the status page of the model provider.',
      'See whether the databases can be reached.',
      'Look for a recent deployment to roll back.',
    ],
  },
  sev3: {
    meaning: 'the agent is slower than usual, or fails now and then',
    called: null,
    respondWithinMs: 60 * minuteMs,
    actions: [
      'Watch where the figures are going.',
      'Look at how much of the rate limits is used.',
      'Go through the latest changes of configuration.',
    ],
  },
}

/** Puts the gravest first. */
export function bySeverity(one: Severity, other: Severity): number {
  return severities.indexOf(one) - severities.indexOf(other)
}
