import { keyedHash } from '../../simulation/keyed-hash.ts'

const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789'

/**
 * An identifier of the service's form (`chatcmpl-…`, `call_…`), unique within a trial and the same in every run.
 *
 * @param prefix with its separator
 * @param length characters after the prefix
 */
export function identifier(prefix: string, length: number, ...key: readonly (string | number)[]): string {
  let text = prefix
  for (let block = 0; text.length < prefix.length + length; block++) {
    for (const word of keyedHash(`${prefix} ${key.join(' ')} ${block}`)) {
      let rest = word
      for (let digit = 0; digit < 5 && text.length < prefix.length + length; digit++) {
        text += alphabet[rest % 62]
        rest = Math.floor(rest / 62)
      }
    }
  }
  return text
}

/** A request id of the service's form: `req_` and 32 hexadecimal digits. */
export function requestIdentifier(...key: readonly (string | number)[]): string {
  return `req_${keyedHash(`req ${key.join(' ')}`)
    .map((word) => word.toString(16).padStart(8, '0'))
    .join('')}`
}
