/** A whole number with its thousands grouped, `12,000`: the same text in every locale. */
export function grouped(count: number): string {
  // eslint-disable-next-line regexp/no-super-linear-move -- no number has more than 25 characters
  return String(count).replace(/\B(?=(\d{3})+$)/g, ',')
}

/** A count and what is counted, in the right number: `1 finding`, `2,000 trials`. */
export function quantity(count: number, singular: string, plural = `${singular}s`): string {
  return `${grouped(count)} ${count === 1 ? singular : plural}`
}
