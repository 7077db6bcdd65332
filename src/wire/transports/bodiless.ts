const bodiless = new Set([101, 103, 204, 205, 304])

/** Whether an answer has no body, whatever it says: by its status, or because nothing but headers was asked for. */
export function isBodiless(status: number, method: string): boolean {
  return bodiless.has(status) || method === 'HEAD'
}
