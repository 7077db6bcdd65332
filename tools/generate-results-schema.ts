import { mkdirSync, writeFileSync } from 'node:fs'
import { pathToFileURL } from 'node:url'
import { z } from 'zod'
import { resultsSchema } from '../src/results/results-schema.ts'

/** Where the published schema lives; `shakedown/schema/results.json` for users of the package. */
export const resultsSchemaUrl = new URL('../schema/results.json', import.meta.url)

/** Renders the JSON Schema of `results.json` from the code that writes and reads it, so that the two cannot differ. */
export function renderResultsSchema(): string {
  const schema = { title: 'Results of Shakedown', ...z.toJSONSchema(resultsSchema) }
  return `${JSON.stringify(schema, null, 2)}\n`
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  mkdirSync(new URL('.', resultsSchemaUrl), { recursive: true })
  writeFileSync(resultsSchemaUrl, renderResultsSchema())
}
