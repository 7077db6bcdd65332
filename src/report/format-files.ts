import { existsSync } from 'node:fs'
import { join } from 'node:path'
import type { Environment } from '../results/environment-schema.ts'
import { type ReportFormat, reportFormats } from '../results/report-format.ts'
import type { Results } from '../results/results-schema.ts'
import { declarationBadge } from './badge/declaration-badge.ts'
import { verdictBadge } from './badge/verdict-badge.ts'
import { renderCodeQuality } from './code-quality/render-code-quality.ts'
import { renderCtrf } from './ctrf/render-ctrf.ts'
import { renderSarif } from './sarif/render-sarif.ts'

type Render = (results: Results, environment: Environment | null) => string

/** The files of each format, by the names under which services look for them. */
const files: Readonly<Record<ReportFormat, Readonly<Record<string, Render>>>> = {
  sarif: { 'results.sarif': (results, environment) => renderSarif(results, environment?.folder) },
  ctrf: { 'ctrf-report.json': renderCtrf },
  codequality: {
    'gl-code-quality-report.json': (results, environment) => renderCodeQuality(results, environment?.folder),
  },
  badge: { 'badge-verdict.svg': verdictBadge, 'badge-declaration.svg': declarationBadge },
}

/** The files of the formats that were asked for. */
export function formatFiles(
  formats: readonly ReportFormat[],
  results: Results,
  environment: Environment | null,
): Readonly<Record<string, string>> {
  const renderers = formats.flatMap((format) => Object.entries(files[format]))
  return Object.fromEntries(renderers.map(([name, render]) => [name, render(results, environment)]))
}

/**
 * The formats of a report that goes into a folder: those asked for, and those that an earlier report left there, so that
 * no file of it speaks of another run.
 */
export function formatsFor(folder: string, asked: readonly ReportFormat[]): ReportFormat[] {
  return reportFormats.filter(
    (format) => asked.includes(format) || Object.keys(files[format]).some((name) => existsSync(join(folder, name))),
  )
}
