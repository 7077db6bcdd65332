import { execFileSync } from 'node:child_process'
import { readFileSync, writeFileSync } from 'node:fs'
import { fileURLToPath, pathToFileURL } from 'node:url'
import type { Sights } from './conformance/sight.ts'
import { type Conformance, renderConformance } from './conformance/render.ts'

/** Where the page lives. */
export const conformanceDocUrl = new URL('../docs/conformance.md', import.meta.url)
/** What was seen when it was written. */
const conformanceDataUrl = new URL('../test/golden/conformance.json', import.meta.url)

export function recordedConformance(): Conformance {
  return JSON.parse(readFileSync(conformanceDataUrl, 'utf8')) as Conformance
}

/** In a process of its own, because a simulated world replaces what the proxy needs to be real. */
function sightsOf(program: string): Sights {
  const path = fileURLToPath(new URL(`conformance/${program}.ts`, import.meta.url))
  const flags = ['--conditions=shakedown-source', '--disable-warning=ExperimentalWarning']
  return JSON.parse(
    execFileSync(process.execPath, [...flags, path], { maxBuffer: 64 * 1024 * 1024 }).toString(),
  ) as Sights
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  const seen: Conformance = { inProcess: sightsOf('in-process'), throughProxy: sightsOf('through-proxy') }
  writeFileSync(conformanceDataUrl, `${JSON.stringify(seen, null, 2)}\n`)
  writeFileSync(conformanceDocUrl, renderConformance(seen))
}
