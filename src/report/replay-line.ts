/** The command that replays a finding; a token that a shell would not take as it stands is quoted. */
export function replayLine(token: string): string {
  const argument = /^[\w.~-]+$/.test(token) ? token : `'${token.replaceAll("'", "'\\''")}'`
  return `npx shakedown replay ${argument}`
}
