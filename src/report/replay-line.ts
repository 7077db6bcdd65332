import { leftOut } from './public/left-out.ts'
import { shellArgument } from './shell-argument.ts'

/** The command that replays a finding; a token that a shell would not take as it stands is quoted. A public edition has none. */
export function replayLine(token: string): string {
  if (token === leftOut) return token
  return `npx shakedown replay ${shellArgument(token)}`
}
