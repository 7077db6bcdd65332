import { z } from 'zod'
import { severities } from '../../objectives/incidents/severity.ts'

/** Something that a run shows and that somebody would be called for, were it to happen in service. */
export const incidentSchema = z.strictObject({
  severity: z.enum(severities),
  /** Whose it is: a provider's incident is kept apart from those of the agent. */
  side: z.enum(['agent', 'provider']),
  source: z.enum(['finding', 'objective', 'declared value', 'end of trials', 'run without faults', 'dependency']),
  /** What it is about: a property, an objective, a declared value or an upstream, by its name. */
  about: z.string(),
  /** What was seen, in one sentence. */
  evidence: z.string(),
  /** Whether the finding that it comes from is accepted. */
  isAccepted: z.boolean(),
  respondWithinMs: z.int().min(0),
  /** What to do first. */
  actions: z.array(z.string()),
})

export type Incident = z.output<typeof incidentSchema>
