import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import type { Command } from 'commander'
import { verifyEdition } from '../../report/public/verify-edition.ts'
import { readResults } from '../../results/read-results.ts'
import { readResultsFile, readResultsText } from '../read-results-file.ts'

/** `shakedown verify <public> <full>`: whether a public edition is the one of these full results. */
export function addVerifyCommand(program: Command): void {
  program
    .command('verify')
    .description('check a public edition against the full results: the hash, and every value')
    .argument('<public>', 'the results.json of the public edition')
    .argument('<full>', 'the results.json that it is said to be made of')
    .action(verify)
}

function verify(publicFile: string, fullFile: string): void {
  const [edition, path] = [resolve(publicFile), resolve(fullFile)]
  const check = verifyEdition(readResults(readResultsText(edition), edition), readResultsFile(path), readFileSync(path))
  process.stdout.write(
    check.isSame ? 'Verified: the public edition was made of these results.\n' : `Not verified: ${check.why}.\n`,
  )
  process.exitCode = check.isSame ? 0 : 1
}
