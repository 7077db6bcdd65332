/** Digits of a commit that people recognise it by. */
const shownDigits = 12

/** What follows a commit from which files differed. */
const dirt = '-dirty'

/** A commit as people read it: `0123456789ab`. */
export function shortCommit(commit: string): string {
  const hash = isDirty(commit) ? commit.slice(0, -dirt.length) : commit
  return hash.slice(0, shownDigits)
}

/** Whether files differed from the commit. */
export function isDirty(commit: string): boolean {
  return commit.endsWith(dirt)
}

/** A commit with its state in words: `0123456789ab with uncommitted changes`. */
export function commitState(commit: string): string {
  return `${shortCommit(commit)}${isDirty(commit) ? ' with uncommitted changes' : ''}`
}
