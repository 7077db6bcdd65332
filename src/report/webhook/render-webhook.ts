import type { Results } from '../../results/results-schema.ts'
import { verdictText } from '../../results/verdict.ts'
import { findingState } from '../finding-state.ts'
import { runTotals } from '../run-totals.ts'
import { scenarioVerdicts } from '../scenario-verdicts.ts'
import { shortened } from '../shortened.ts'
import { visibleJson } from '../visible-json.ts'
import { visibleLine } from '../visible-text.ts'

/** Reasons told, and letters of each. */
const limits = { reasons: 5, letters: 300 } as const

const slack: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;' }

/**
 * Renders results as the JSON that is posted to a webhook: `text` for chats that speak as Slack does, and the same in
 * fields for programs; a few kilobytes at most.
 *
 * @param link where more is to be read, e.g. the page of the job; null for nowhere
 */
export function renderWebhook(results: Results, link: string | null): string {
  const { verdict, seed, shakedown } = results
  const reasons = verdict.reasons.slice(0, limits.reasons).map(line)
  const { scenarios, trials } = runTotals(results)
  const findings = scenarioVerdicts(results).flatMap((judged) =>
    judged.scenario.findings.map((finding) => findingState(finding, judged.verdict)),
  )
  const accepted = findings.filter((state) => state === 'accepted').length
  const said = [line(`Shakedown: ${verdictText(verdict)}`), ...reasons.map((reason) => `• ${reason}`)].map(chatText)
  return visibleJson({
    text: [...said, ...(link === null ? [] : [link])].join('\n'),
    verdict: verdict.status,
    exitCode: verdict.exitCode,
    reason: reasons[0] ?? line(verdict.summary),
    reasons,
    counts: { scenarios, trials, findings: findings.length - accepted, accepted },
    seed,
    shakedown: line(shakedown),
    links: link === null ? [] : [link],
  })
}

function line(text: string): string {
  return shortened(visibleLine(text), limits.letters)
}

/** Text that a chat shows as it is: no markup, no link, and nobody is called. */
function chatText(text: string): string {
  return text
    .replace(/[&<>]/g, (mark) => slack[mark] ?? mark)
    .replaceAll('](', '] (')
    .replace(/[@#!](?=\w)|:(?=\/\/)|(?<=www)\./gi, '$& ')
}
