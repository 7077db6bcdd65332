/** What was judged and what was seen, without the verdict at the end: for places where the verdict stands beside it. */
export function withoutVerdict(sentence: string): string {
  return sentence.replace(/, so it is \w+$/, '')
}
