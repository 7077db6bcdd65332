import { type JsonObject, jsonObjectSchema } from '../contract/json.ts'
import type { NetworkRequest } from '../simulation/network.ts'

/** What a tool was called with, read from the wire: the query and the JSON object of the body, merged. */
export function toolArguments({ url, body }: NetworkRequest): JsonObject {
  return { ...Object.fromEntries(new URL(url).searchParams), ...bodyArguments(body) }
}

function bodyArguments(body: string): JsonObject {
  if (body === '') return {}
  try {
    const parsed = jsonObjectSchema.safeParse(JSON.parse(body))
    return parsed.success ? parsed.data : {}
  } catch {
    return {}
  }
}
