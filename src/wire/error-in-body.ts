/** What the body of an error reply has under `error`, where all providers but Bedrock put it; undefined without one. */
export function errorInBody(body: string): unknown {
  try {
    const parsed: unknown = JSON.parse(body)
    return typeof parsed === 'object' && parsed !== null && 'error' in parsed ? parsed.error : undefined
  } catch {
    return undefined
  }
}
