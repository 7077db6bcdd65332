import type { Severity } from '../../objectives/incidents/severity.ts'
import type { Incident } from '../../results/incidents/incident-schema.ts'
import { callWords } from '../call-words.ts'
import type { ServiceRow, ServiceTable } from './service-table.ts'

/** How grave an incident looks. */
export const incidentLooks: Readonly<Record<Severity, Pick<ServiceRow, 'sign' | 'tone'>>> = {
  sev1: { sign: '✕', tone: 'bad' },
  sev2: { sign: '✕', tone: 'bad' },
  sev3: { sign: '✕', tone: 'open' },
}

/** What would have to be seen to in service, the gravest first. */
export function incidentTable(incidents: readonly Incident[]): ServiceTable {
  return {
    title: 'Incidents',
    columns: ['Severity', 'Of', 'What was seen', 'Who is called', 'First actions'],
    rows: incidents.map(rowOf),
  }
}

function rowOf(incident: Incident): ServiceRow {
  const { severity, side, source, about, evidence, isAccepted, actions } = incident
  const whose = side === 'provider' ? ' (of the provider)' : isAccepted ? ' (accepted)' : ''
  return {
    ...incidentLooks[severity],
    word: severity,
    finding: source === 'finding' ? about : null,
    cells: [`${source}: ${about}${whose}`, evidence, callWords(incident), actions.join(' ')],
    sentence: '',
  }
}
