/** A word of a command line; one that a POSIX shell would not take as it stands is quoted. */
export function shellArgument(word: string): string {
  return /^[\w./:=~-]+$/.test(word) && !word.startsWith('~') ? word : `'${word.replaceAll("'", "'\\''")}'`
}
