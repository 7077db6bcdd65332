import type { AcceptedFinding } from 'shakedown'

/** Accepts findings that are written down under `docs/findings/`, and with them how the library is known to behave. */
export function acceptedFor(page: string, reason: string, properties: readonly string[]): AcceptedFinding[] {
  return properties.map((property) => ({
    property,
    reason: `${reason} (docs/findings/${page}.md)`,
    owner: 'shakedown maintainers',
    expires: '2027-06-30',
  }))
}
