import type { JsonObject } from '../../contract/json.ts'
import type { RpcMessage } from './json-rpc.ts'

/**
 * The two ways in which the protocol is spoken: `legacy` up to 2025-11-25, with `initialize` and sessions; `modern` since
 * 2026-07-28, without either, each request carrying an envelope in `_meta`.
 */
export type McpEra = 'legacy' | 'modern'

/** The revision of the modern era. */
export const modernVersion = '2026-07-28'

/** The revisions of the legacy era, the latest first. */
export const legacyVersions: readonly string[] = ['2025-11-25', '2025-06-18', '2025-03-26', '2024-11-05', '2024-10-07']

const prefix = 'io.modelcontextprotocol/'
export const versionKey = `${prefix}protocolVersion`
export const serverKey = `${prefix}serverInfo`

/** Whether a method opens a conversation, before anything is asked for. */
export function isHandshake(method: string): boolean {
  return method === 'initialize' || method === 'server/discover'
}

/** The revision that the envelope of a request names; null where it has none, as in the legacy era. */
export function claimedVersion(message: RpcMessage | null): string | null {
  if (message === null || !('params' in message)) return null
  const meta = message.params['_meta']
  const claimed = isObject(meta) ? meta[versionKey] : undefined
  return typeof claimed === 'string' ? claimed : null
}

/** Whether a JSON value is an object. */
export function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** The HTTP status that goes with an error: in the modern era some have one of their own; otherwise 200. */
export function statusOfError(code: number, era: McpEra): number {
  return (era === 'modern' ? modernStatuses[code] : undefined) ?? 200
}

/** Source: revision 2026-07-28, Streamable HTTP; typescript-sdk 2.4.0 inboundClassification.ts. */
const modernStatuses: Readonly<Record<number, number>> = {
  [-32_700]: 400,
  [-32_600]: 400,
  [-32_601]: 404,
  [-32_020]: 400,
  [-32_021]: 400,
  [-32_022]: 400,
}
