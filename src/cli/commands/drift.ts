import type { Command } from 'commander'
import { z } from 'zod'
import { usageError } from '../../contract/errors.ts'
import { parseInput } from '../../contract/parse.ts'
import { printedJson } from '../../report/printed-json.ts'
import { printedText } from '../../report/printed-text.ts'
import { quantity } from '../../results/quantity.ts'
import { type ProviderDrift, type SentAgain, providerDrift } from '../../wire/cassettes/provider-drift.ts'
import { readModelCassette } from '../../wire/cassettes/read-model-cassette.ts'
import { collect } from '../collect.ts'

const flagsSchema = z.strictObject({
  upstream: z.url({ protocol: /^https?$/, error: 'expected a URL of http or https' }).optional(),
  headerEnv: z.array(z.string()).default([]),
  json: z.boolean().default(false),
})

/** `shakedown drift`: asks a live provider what a cassette holds, and tells what has changed in its answers. */
export function addDriftCommand(program: Command): void {
  program
    .command('drift')
    .description('ask a live provider once more what a cassette holds, and tell how its answers have changed')
    .argument('<cassette>', 'a file that `shakedown record` wrote')
    .option('--upstream <url>', 'the origin to ask; default the recorded one')
    .option('--header-env <name=VARIABLE>', 'a header of each request, from the environment; may be repeated', collect)
    .option('--json', 'print JSON')
    .action((cassette: string, flags: unknown) => drift(cassette, flags))
}

async function drift(file: string, rawFlags: unknown): Promise<void> {
  const flags = parseInput(flagsSchema, rawFlags, 'flags of `shakedown drift`', 'see `shakedown drift --help`')
  const headers = Object.fromEntries(flags.headerEnv.map(headerOf))
  const [, cassette] = readModelCassette(file)
  const { origin } = new URL(flags.upstream ?? cassette.origin)
  const drifts = await providerDrift(cassette, (request) => ask(origin, request, headers))
  process.stdout.write(flags.json ? printedJson(drifts) : printedText(driftLines(drifts, cassette)))
  process.exitCode = drifts.length === 0 ? 0 : 1
}

async function ask(
  origin: string,
  { path, headers, body }: SentAgain,
  given: Readonly<Record<string, string>>,
): Promise<Response> {
  try {
    return await fetch(origin + path, {
      method: 'POST',
      body,
      headers: { 'content-type': 'application/json', ...headers, ...given },
    })
  } catch (error) {
    const cause = error instanceof Error && error.cause instanceof Error ? error.cause.message : String(error)
    throw usageError('UPSTREAM', `${origin} could not be reached (${cause}); name a provider that can with --upstream.`)
  }
}

function headerOf(given: string): readonly [name: string, value: string] {
  const [, name, variable] = /^([\w-]+)=(\w+)$/.exec(given) ?? []
  const value = variable === undefined ? undefined : process.env[variable]
  if (name !== undefined && value !== undefined && value !== '') return [name, value]
  throw usageError(
    'HEADER',
    `flag --header-env: expected name=VARIABLE with a variable that is set, found ${JSON.stringify(given)}; write e.g. authorization=OPENAI_AUTHORIZATION.`,
  )
}

function driftLines(
  drifts: readonly ProviderDrift[],
  { exchanges, recordedOn }: { readonly exchanges: readonly unknown[]; readonly recordedOn: string },
): string {
  if (drifts.length === 0) {
    return `no drift: ${quantity(exchanges.length, 'exchange')} answered in the shapes recorded on ${recordedOn}\n`
  }
  return drifts
    .map(
      ({ exchange, path, changes }) => `exchange ${exchange}, ${path}:\n${changes.map((one) => `  ${one}\n`).join('')}`,
    )
    .join('')
}
