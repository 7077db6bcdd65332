import type { Severity } from '../../objectives/incidents/severity.ts'
import type { Incident } from '../../results/incidents/incident-schema.ts'
import { roundSpan } from '../span.ts'
import type { ServiceRow, ServiceTable } from './service-table.ts'

/** How grave an incident looks. */
export const incidentLooks: Readonly<Record<Severity, Pick<ServiceRow, 'sign' | 'tone'>>> = {
  sev1: { sign: '✕', tone: 'bad' },
  sev2: { sign: '✕', tone: 'bad' },
  sev3: { sign: '✕', tone: 'open' },
}

/** What somebody would be called for, the gravest first. */
export function incidentTable(incidents: readonly Incident[]): ServiceTable {
  return {
    title: 'Incidents',
    columns: ['Severity', 'Of', 'What was seen', 'Respond within', 'First actions'],
    rows: incidents.map(rowOf),
  }
}

function rowOf({
  severity,
  side,
  source,
  about,
  evidence,
  isAccepted,
  respondWithinMs,
  actions,
}: Incident): ServiceRow {
  const whose = side === 'provider' ? ' (of the provider)' : isAccepted ? ' (accepted)' : ''
  return {
    ...incidentLooks[severity],
    word: severity,
    cells: [`${source}: ${about}${whose}`, evidence, roundSpan(respondWithinMs), actions.join(' ')],
    sentence: '',
  }
}
