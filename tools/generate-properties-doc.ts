import { writeFileSync } from 'node:fs'
import { pathToFileURL } from 'node:url'
import type { DefinedProperty } from '../src/properties/define-property.ts'
import { remedyOf } from '../src/properties/remedies/remedy-of.ts'
import { properties } from '../src/properties/properties.ts'

/** Where the page lives. */
export const propertiesDocUrl = new URL('../docs/properties.md', import.meta.url)

const introduction = `# Properties

What Shakedown judges, in the words of the code itself. Written by \`node tools/generate-properties-doc.ts\`; do not edit.

A property reads the agent's profile and the trace of a trial, nothing else. It _holds_, is _violated_ with a witness in words, is _vacuous_ where its situation never arose, or is _not applicable_ where the profile claims nothing that it could judge.
`

/** Renders the reference page of all properties from their definitions, so that the two cannot differ. */
export function renderPropertiesDoc(): string {
  const families = Map.groupBy(properties.all, ({ name }) => name.split('.')[0] ?? name)
  return [introduction, ...[...families].map(([family, members]) => renderFamily(family, members))].join('\n')
}

function renderFamily(family: string, members: readonly DefinedProperty[]): string {
  return [`## ${family.charAt(0).toUpperCase()}${family.slice(1)}\n`, ...members.map(renderProperty)].join('\n')
}

function renderProperty({ id, name, kind, statement, applies, reads }: DefinedProperty): string {
  const facts = [
    `Kind: ${kind}`,
    `Applies ${applies.replace(/\.$/, '')}`,
    ...(remedyOf(name) === null ? [] : [`When it is violated: ${remedyOf(name)}`]),
    `Judged at: ${reads.length === 0 ? 'the whole traces of two runs' : reads.map((type) => `\`${type}\``).join(', ')}`,
  ]
  return `### ${id} · \`${name}\`\n\n${statement}\n\n${facts.map((fact) => `- ${fact}`).join('\n')}\n`
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href)
  writeFileSync(propertiesDocUrl, renderPropertiesDoc())
