import { createHash } from 'node:crypto'
import { readFileSync, readdirSync } from 'node:fs'
import { join } from 'node:path'

let digest: string | undefined

/**
 * SHA-256 of Shakedown's own code.
 *
 * The version alone does not tell two states of a working copy apart, and both may be asked to continue each other's runs.
 */
export function harnessDigest(): string {
  digest ??= digestOf(join(import.meta.dirname, '..'))
  return digest
}

function digestOf(folder: string): string {
  const sum = createHash('sha256')
  const names = readdirSync(folder, { recursive: true, encoding: 'utf8' })
  for (const name of names.filter((one) => /\.(js|ts)$/.test(one)).toSorted()) {
    sum
      .update(`${name}\0`)
      .update(readFileSync(join(folder, name)))
      .update('\0')
  }
  return sum.digest('hex')
}
