/** Calls somebody who only looks on: what they throw is dropped, at once or later, and is worth undefined. */
export function quietly<Value>(call: () => Value): Value | undefined {
  try {
    const value = call()
    if (value instanceof Promise) value.catch(() => {})
    return value
  } catch {
    return undefined
  }
}
