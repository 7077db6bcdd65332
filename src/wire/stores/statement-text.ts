import type { StoreStatement } from '../../simulation/stores.ts'

/** A statement as the trace tells it: the SQL, and on a line of its own what is bound to it. */
export function statementText({ sql, parameters }: StoreStatement): string {
  return parameters.length === 0 ? sql : `${sql}\n${valueText(parameters)}`
}

/** Rows and values as JSON; integers of 64 bits as text, bytes in base64. */
export function valueText(value: unknown): string {
  return JSON.stringify(value, (_key, inner: unknown) => {
    if (typeof inner === 'bigint') return String(inner)
    return ArrayBuffer.isView(inner) ? bytesText(inner) : inner
  })
}

function bytesText({ buffer, byteOffset, byteLength }: ArrayBufferView): { base64: string } {
  return { base64: Buffer.from(buffer, byteOffset, byteLength).toString('base64') }
}
