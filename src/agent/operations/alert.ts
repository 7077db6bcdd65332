import { z } from 'zod'

/** What an alert is about. */
export type AlertKind =
  | 'agent_restarted'
  | 'agent_given_up'
  | 'key_rotated'
  | 'key_rotation_failed'
  | 'output_harmful'
  | 'output_unjudged'
  | 'handover_failed'
  | 'agent_enabled'
  | 'budget_spent'
  | 'budget_restored'

/** Something that an operator should know of. It holds neither keys nor words of users and models. */
export interface Alert {
  readonly kind: AlertKind
  /** `critical`: somebody must act now; `warning`: soon; `info`: it was dealt with. */
  readonly severity: 'info' | 'warning' | 'critical'
  /** What it happened to, by its name. */
  readonly subject: string
  /** One sentence for a human. */
  readonly message: string
  /** Milliseconds since the Unix epoch. */
  readonly atMs: number
}

/** Where alerts go. */
export type OnAlert = (alert: Alert) => void

export const onAlertSchema = z.custom<OnAlert>((value) => typeof value === 'function', 'must be a function')

/** Raises an alert; a receiver that fails changes nothing of what it is told about. */
export function raise(onAlert: OnAlert | undefined, alert: Omit<Alert, 'atMs'>): void {
  try {
    onAlert?.({ ...alert, atMs: Date.now() })
  } catch {
    // Who is told must not be able to stop what is done.
  }
}
