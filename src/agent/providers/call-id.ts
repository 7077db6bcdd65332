/** The id of a call; one is made up where it came without, since a result can answer a call by its id alone. */
export function callId(given: string | null | undefined): string {
  return given || `call_${crypto.randomUUID().replaceAll('-', '')}`
}
