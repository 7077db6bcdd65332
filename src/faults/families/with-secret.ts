import { type JsonObject, jsonObjectSchema } from '../../contract/json.ts'
import type { Secret } from '../../contract/secret.ts'

const plain = '{{secret}}'
const encoded = '{{secret:base64}}'

/**
 * Arguments with the value of a secret in each place that says `{{secret}}`, and in base64 where it says
 * `{{secret:base64}}`; unchanged where there is no secret of that name.
 */
export function withSecret(args: JsonObject, name: string, secrets: readonly Secret[]): JsonObject {
  const secret = secrets.find((candidate) => candidate.name === name)
  if (secret === undefined) return args
  const escaped = JSON.stringify(secret.value).slice(1, -1)
  const filled = JSON.stringify(args)
    .replaceAll(plain, () => escaped)
    .replaceAll(encoded, () => Buffer.from(secret.value).toString('base64'))
  return jsonObjectSchema.parse(JSON.parse(filled))
}
