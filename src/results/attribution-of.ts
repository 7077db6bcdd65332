import { type AttributedFailure, type Attribution, type Booking, bookings } from './attribution-schema.ts'

/**
 * Counts the causes of a condition's failures.
 *
 * @param failures tasks that failed, examined or not
 * @param causes of those that were examined
 */
export function attributionOf(failures: number, causes: readonly AttributedFailure[]): Attribution {
  const counted = (booking: Booking): number => causes.filter(({ bookedOn }) => bookedOn === booking).length
  const [provider, tool, agent, shared, organic, unexplained] = bookings.map(counted)
  return {
    failures,
    examined: causes.length,
    booked: {
      provider: provider ?? 0,
      tool: tool ?? 0,
      agent: agent ?? 0,
      shared: shared ?? 0,
      organic: organic ?? 0,
      unexplained: unexplained ?? 0,
    },
    causes: [...causes],
  }
}
