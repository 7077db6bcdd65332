// The one thing of Shakedown that nobody may foretell, and no verdict depends on it; the simulation exports no such source.
// eslint-disable-next-line @typescript-eslint/no-restricted-imports
import { randomBytes } from 'node:crypto'

/** A token that nobody can guess: other programs of the machine reach loopback too. */
export function bearerToken(): string {
  return randomBytes(24).toString('base64url')
}
