/**
 * What a report can hold besides what it always holds: `sarif` for code scanning, `ctrf` for readers of the Common Test
 * Report Format, `codequality` for merge requests of GitLab, `badge` for the first lines of a README.
 */
export const reportFormats = ['sarif', 'ctrf', 'codequality', 'badge'] as const

export type ReportFormat = (typeof reportFormats)[number]
