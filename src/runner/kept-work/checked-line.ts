import { hash } from 'node:crypto'

const checksumLength = 16

/** A value as a line of a file that another process reads: with a checksum, because writers are killed in the middle. */
export function checkedLine(value: unknown): string {
  const json = JSON.stringify(value)
  return `${checksum(json)} ${json}\n`
}

/** The value of a line; undefined where it is not what was written. */
export function checkedValue(line: string): unknown {
  const json = line.slice(checksumLength + 1)
  if (line.slice(0, checksumLength) !== checksum(json)) return undefined
  return JSON.parse(json)
}

function checksum(json: string): string {
  return hash('sha256', json, 'hex').slice(0, checksumLength)
}
