import { writeFileSync } from 'node:fs'
import { pathToFileURL } from 'node:url'
import { agentSections } from './taxonomy/agent-side.ts'
import { drillSection } from './taxonomy/drills.ts'
import type { Entry, Section } from './taxonomy/entry.ts'
import { httpErrorSections } from './taxonomy/http-errors.ts'
import { replySections } from './taxonomy/replies-and-streams.ts'
import { toolSections } from './taxonomy/tools-and-mcp.ts'

/** Where the page lives. */
export const taxonomyDocUrl = new URL('../docs/taxonomy.md', import.meta.url)

/** Every fault that is known of, in the order of the taxonomy. */
export const taxonomy: readonly Section[] = [
  ...httpErrorSections,
  ...replySections,
  ...toolSections,
  ...agentSections,
  drillSection,
]

const introduction = `# What is covered

Every way of breaking that the taxonomy behind this project knows, and what brings it about here: a member of the [catalogue](faults.md), a trigger, a pattern, or a test or scenario that drives an agent through it. What nothing brings about says why. Written by \`node tools/generate-taxonomy.ts\`; do not edit.
`

/** The page of all entries. */
export function renderTaxonomy(): string {
  return [introduction, ...taxonomy.map(renderSection)].join('\n')
}

function renderSection({ title, entries }: Section): string {
  const items = Object.entries(entries).map(([id, entry]) => `- ${id.replaceAll('*', String.raw`\*`)}: ${words(entry)}`)
  return `## ${title}\n\n${items.join('\n')}\n`
}

function words({ members = [], triggers = [], patterns = [], drills = [], argued: why }: Entry): string {
  const parts = [
    members.map((id) => `\`${id}\``).join(', '),
    triggers.length === 0 ? '' : `trigger ${triggers.map((on) => `\`${on}\``).join(', ')}`,
    patterns.length === 0 ? '' : `pattern ${patterns.map((name) => `\`${name}\``).join(', ')}`,
    drills.map((path) => `[${path.replace(/^.*\//, '')}](../${path})`).join(', '),
    why ?? '',
  ]
  return parts.filter((part) => part !== '').join('; ')
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) writeFileSync(taxonomyDocUrl, renderTaxonomy())
