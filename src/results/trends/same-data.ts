/** Whether two pieces of plain data are the same; both were written by one schema, so that their fields stand in one order. */
export function isSameData(one: unknown, other: unknown): boolean {
  return JSON.stringify(one) === JSON.stringify(other)
}
