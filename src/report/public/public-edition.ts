import { createHash } from 'node:crypto'
import { parseInput } from '../../contract/parse.ts'
import { type KeptName, keptNames } from '../../results/edition-schema.ts'
import { type Results, resultsSchema } from '../../results/results-schema.ts'
import { knownNamesIn } from './known-names.ts'
import { Pseudonyms } from './pseudonyms.ts'
import { redact } from './redact.ts'
import { resultsRule } from './rules/results-rules.ts'
import { tellScenario } from './told/tell-scenario.ts'
import { tellVerdict } from './told/tell-verdict.ts'

/**
 * Makes the edition of results that may leave the house: verdicts, promises, intervals and counts stay; names become
 * numbers; prompts, transcripts, quotations and whatever else may hold the author's words are left out.
 *
 * A pure function: the same bytes and the same names kept give the same edition, so that anybody who is given the full
 * results can make it again and compare.
 *
 * @param full the results that `bytes` hold
 * @param bytes the full `results.json` as it was written; the edition carries its SHA-256
 * @param kept kinds of names that stay as they are
 */
export function publicEdition(full: Results, bytes: Uint8Array | string, kept: readonly KeptName[] = []): Results {
  const names = new Pseudonyms(kept, knownNamesIn(full))
  const edition = {
    name: 'public',
    full: createHash('sha256').update(bytes).digest('hex'),
    kept: keptNames.filter((name) => kept.includes(name)),
  }
  const redacted = { ...(redact(resultsRule, full, names) as object), edition }
  const results = parseInput(resultsSchema, redacted, 'the public edition', 'report this as a defect of Shakedown')
  const told = { ...results, scenarios: results.scenarios.map(tellScenario) }
  return { ...told, verdict: tellVerdict(told) }
}
