import { responses } from '../objectives/incidents/severity.ts'
import type { Incident } from '../results/incidents/incident-schema.ts'
import { roundSpan } from './span.ts'

/** Who would be called for an incident in service, and how soon they must be at it: `calls the engineer on call, …`. */
export function callWords({ severity, respondWithinMs }: Pick<Incident, 'severity' | 'respondWithinMs'>): string {
  const { called } = responses[severity]
  const within = roundSpan(respondWithinMs)
  return called === null
    ? `calls nobody: it waits for working hours, and then for ${within} at most`
    : `calls ${called}, to respond within ${within}`
}
