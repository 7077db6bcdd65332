import type { Command } from 'commander'
import { z } from 'zod'
import { emptyPlan } from '../../contract/fault.ts'
import { parseInput } from '../../contract/parse.ts'
import { armOutside } from '../../faults/arm-outside.ts'
import { unguessableToken } from '../../simulation/real-random.ts'
import { dialectNames, guessed } from '../../wire/proxy/dialects.ts'
import { parseServices } from '../../wire/proxy/proxied-services.ts'
import type { ProxiedService } from '../../wire/proxy/proxy-server.ts'
import { type RunningProxy, startProxy } from '../../wire/proxy/proxy.ts'
import { collect } from '../collect.ts'
import { describeFailure } from '../describe-failure.ts'
import { readPlan } from './read-plan.ts'
import { untilInterrupted } from '../until-interrupted.ts'
import { wholeNumberFlag } from '../whole-number-flag.ts'

/** How long calls under way have when the program is told to end. */
const graceMs = 500
const remedy = 'see `shakedown proxy --help`'

const flagsSchema = z.strictObject({
  upstream: z.array(z.string(), { error: 'expected --upstream with the URL of a service' }),
  plan: z.string().optional(),
  seed: wholeNumberFlag(0, 0xffff_ffff).default(1),
  dialect: z.string().default(guessed),
  port: wholeNumberFlag(0, 65_535).default(0),
  controlPort: wholeNumberFlag(0, 65_535).default(0),
  json: z.boolean().default(false),
})

/** `shakedown proxy`: puts the faults of a plan between any program and a real service. */
export function addProxyCommand(program: Command): void {
  program
    .command('proxy')
    .description('listen on loopback and put the faults of a plan between any program and a real service')
    .option('--upstream <url>', 'the origin of a service; name=URL, repeated, for several', collect)
    .option('--plan <file>', 'the fault plan as JSON; default no fault')
    .option('--seed <number>', 'seeds what the plan draws; default 1')
    .option('--dialect <name>', `how requests are understood: ${dialectNames.join(', ')}; default ${guessed}`)
    .option('--port <number>', 'the port to listen on, the next ones for further upstreams; default any')
    .option('--control-port <number>', 'the port of the control endpoint; default any')
    .option('--json', 'print addresses and token as one line of JSON')
    .action((flags: unknown) => proxy(flags))
}

async function proxy(rawFlags: unknown): Promise<void> {
  const flags = parseInput(flagsSchema, rawFlags, 'flags of `shakedown proxy`', remedy)
  const services = parseServices(flags.upstream, flags.dialect, flags.port)
  const seed = String(flags.seed)
  const token = unguessableToken()
  const running = await startProxy({
    services,
    arm: armOutside('proxy', seed),
    plan: flags.plan === undefined ? emptyPlan : readPlan(flags.plan),
    seed,
    control: { port: flags.controlPort, token },
    onDefect: (error) => process.stderr.write(`shakedown: ${describeFailure(error)}\n`),
  })
  const ended = untilInterrupted()
  process.stdout.write(flags.json ? jsonLine(running, services, token) : textLines(running, token))
  await ended
  await running.close(graceMs)
  process.exitCode = 0
}

function textLines({ listeners, controlUrl }: RunningProxy, token: string): string {
  const isAlone = listeners.length === 1
  const listening = listeners.map(({ name, url }) => `listening on ${url}${isAlone ? '' : ` for ${name}`}\n`)
  return `${listening.join('')}control on ${controlUrl} with token ${token}\n`
}

function jsonLine(running: RunningProxy, services: readonly ProxiedService[], token: string): string {
  const listening = running.listeners.map(({ name, url }, index) => {
    return { name, url, upstream: services[index]?.origin.origin }
  })
  return `${JSON.stringify({ type: 'listening', listening, control: { url: running.controlUrl, token } })}\n`
}
