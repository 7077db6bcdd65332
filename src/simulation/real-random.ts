import { randomBytes } from 'node:crypto'

const realRandomBytes = randomBytes

/**
 * A token that nobody can guess, from the machine's own randomness: other programs reach loopback, too.
 *
 * For what no verdict depends on. Captured when this module loads, before any patch, so that no seed tells it.
 */
export function unguessableToken(): string {
  return realRandomBytes(24).toString('base64url')
}
