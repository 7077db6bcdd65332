import { spawn } from 'node:child_process'
import { text } from 'node:stream/consumers'
import { fileURLToPath } from 'node:url'

const flags = ['--conditions=shakedown-source', '--disable-warning=ExperimentalWarning']
const script = fileURLToPath(new URL('_seed-hashes.ts', import.meta.url))

/** The scenarios whose agents' loops nobody here wrote, by file name below `scenarios/`. */
export const frameworkScenarios = [
  'ai-sdk/ai-sdk',
  'ai-sdk/ai-sdk-streaming',
  'anthropic/anthropic',
  'anthropic/anthropic-streaming',
  'openai-agents/agents',
  'openai-agents/agents-streaming',
] as const

/** One hash per seed, computed in a process of its own: the same lines from two processes are the same traces. */
export async function seedHashes(scenario: string, seeds: { from: number; to: number }): Promise<readonly string[]> {
  const url = new URL(`../../scenarios/${scenario}.scenario.ts`, import.meta.url)
  const child = spawn(process.execPath, [...flags, script, url.href, String(seeds.from), String(seeds.to)])
  const [stdout, stderr] = await Promise.all([text(child.stdout), text(child.stderr)])
  if (stderr !== '') throw new Error(`${scenario}: ${stderr}`)
  return stdout.trim().split('\n')
}
