import { epochMs } from '../../contract/epoch.ts'

/** A moment of virtual time as the service writes it: whole seconds since 1970. */
export function unixSeconds(virtualMs: number): number {
  return Math.floor((epochMs + virtualMs) / 1000)
}
