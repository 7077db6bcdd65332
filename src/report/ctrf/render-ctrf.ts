import type { Environment } from '../../results/environment-schema.ts'
import type { Results } from '../../results/results-schema.ts'
import { verdictText } from '../../results/verdict.ts'
import { boundedTexts } from '../bounded-texts.ts'
import type { ReportCase } from '../cases/report-case.ts'
import { type ReportSuite, reportSuites } from '../cases/report-suites.ts'
import { shortened } from '../shortened.ts'
import { visibleJson } from '../visible-json.ts'

/** Letters of a message and of a trace; results.json holds them whole. */
const limits = { message: 2_000, trace: 20_000 } as const

/** The version of the format whose schema the documents keep to. */
const specVersion = '0.0.0'

/**
 * Renders results as a report in the Common Test Report Format, with the cases of the JUnit file.
 *
 * What the sample cannot decide is `failed`, because readers count only that; its raw status says that it is undecided.
 *
 * @param environment when and where the run took place; without it the run has no duration and begins with the epoch
 */
export function renderCtrf(results: Results, environment: Environment | null): string {
  const suites = reportSuites(results, environment?.folder)
  const tests = suites.flatMap((suite) => suite.cases.map((each) => testOf(each, suite)))
  const count = (wanted: string) => tests.filter(({ status }) => status === wanted).length
  const { verdict, seed, shakedown } = boundedTexts(results)
  return visibleJson({
    reportFormat: 'CTRF',
    specVersion,
    generatedBy: `shakedown ${shakedown}`,
    results: {
      tool: { name: 'shakedown', version: shakedown },
      summary: {
        tests: tests.length,
        passed: count('passed'),
        failed: count('failed'),
        skipped: count('skipped'),
        pending: 0,
        other: 0,
        suites: suites.length,
        ...spanOf(environment),
        extra: { 'shakedown.verdict': verdictText(verdict), 'shakedown.exitCode': verdict.exitCode },
      },
      tests,
      environment: { healthy: verdict.exitCode === 0, extra: { 'shakedown.seed': seed } },
    },
  })
}

function spanOf(environment: Environment | null): Readonly<Record<'start' | 'stop' | 'duration', number>> {
  const start = environment === null ? 0 : Date.parse(environment.startedAt)
  const duration = environment?.durationMs ?? 0
  return Number.isFinite(start) ? { start, stop: start + duration, duration } : { start: 0, stop: duration, duration }
}

const statuses = { failure: 'failed', error: 'failed', skipped: 'skipped' } as const

function testOf({ name, rule, remark, finding }: ReportCase, { name: suite, file }: ReportSuite) {
  return {
    testId: JSON.stringify([file, suite, name]),
    name: name === '' ? rule : name,
    status: remark === null ? ('passed' as const) : statuses[remark.outcome],
    // Trials are shared by all cases: none has a time of its own.
    duration: 0,
    suite: [suite],
    ...(remark === null
      ? {}
      : {
          rawStatus: remark.type,
          message: shortened(remark.message, limits.message),
          trace: shortened(remark.text, limits.trace),
        }),
    ...(file === null ? {} : { filePath: file }),
    type: 'reliability',
    ...(finding === null
      ? {}
      : { extra: { 'shakedown.trials': finding.trials, 'shakedown.trial': finding.firstTrial } }),
  }
}
