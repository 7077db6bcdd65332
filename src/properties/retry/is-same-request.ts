import { jsonSchema } from '../../contract/json.ts'
import { toolCallIdentity } from '../../contract/tool-call.ts'
import { sameJson } from '../same-json.ts'
import type { Attempt } from './attempt-ledger.ts'

/** Whether two attempts send the same: method, address, and a body that is equal or says the same as JSON. */
export function isSameRequest(one: Attempt, other: Attempt): boolean {
  if (one.method !== other.method || one.url !== other.url || one.upstream !== other.upstream) return false
  const [said, saidBefore] = [toolCallIdentity(one), toolCallIdentity(other)]
  return said === saidBefore || isSameJsonText(said, saidBefore)
}

function isSameJsonText(one: string, other: string): boolean {
  const [a, b] = [parse(one), parse(other)]
  return a !== undefined && b !== undefined && sameJson(a, b)
}

function parse(text: string) {
  try {
    return jsonSchema.safeParse(JSON.parse(text)).data
  } catch {
    return undefined
  }
}
