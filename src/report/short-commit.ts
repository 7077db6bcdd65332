/** Digits of a commit that people recognise it by. */
const shownDigits = 12

/** A commit as people read it, with its state: `0123456789ab-dirty`. */
export function shortCommit(commit: string): string {
  const [hash = '', ...state] = commit.split('-')
  return [hash.slice(0, shownDigits), ...state].join('-')
}
