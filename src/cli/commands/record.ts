import { existsSync } from 'node:fs'
import { resolve } from 'node:path'
import type { Command } from 'commander'
import { z } from 'zod'
import { usageError } from '../../contract/errors.ts'
import { parseInput } from '../../contract/parse.ts'
import { unguessableToken } from '../../simulation/real-random.ts'
import type { RecordedExchange } from '../../wire/cassettes/model-cassette-schema.ts'
import { ModelRecorder } from '../../wire/cassettes/model-recorder.ts'
import { writeModelCassette } from '../../wire/cassettes/write-model-cassette.ts'
import { dialectNames, guessed } from '../../wire/proxy/dialects.ts'
import { parseServices } from '../../wire/proxy/proxied-services.ts'
import { startProxy } from '../../wire/proxy/proxy.ts'
import { collect } from '../collect.ts'
import { describeFailure } from '../describe-failure.ts'
import { untilInterrupted } from '../until-interrupted.ts'
import { wholeNumberFlag } from '../whole-number-flag.ts'

/** How long calls under way have when the program is told to end. */
const graceMs = 500

const flagsSchema = z.strictObject({
  upstream: z.string({ error: 'expected --upstream with the URL of a provider' }),
  cassette: z.string({ error: 'expected --cassette with the file to write' }),
  redactEnv: z.array(z.string()).default([]),
  dialect: z.string().default(guessed),
  port: wholeNumberFlag(0, 65_535).default(0),
  overwrite: z.boolean().default(false),
})

/** `shakedown record`: writes down what a live model provider answers, to be replayed in scenarios. */
export function addRecordCommand(program: Command): void {
  program
    .command('record')
    .description('listen on loopback and write down what a live model provider answers, for modelCassette()')
    .option('--upstream <url>', 'the origin of the provider')
    .option('--cassette <file>', 'the file to write, whole after each call')
    .option('--redact-env <name>', 'an environment variable whose value must not be written; may be repeated', collect)
    .option('--dialect <name>', `how requests are understood: ${dialectNames.join(', ')}; default ${guessed}`)
    .option('--port <number>', 'the port to listen on; default any')
    .option('--overwrite', 'replaces a cassette that is there')
    .action((flags: unknown) => record(flags))
}

async function record(rawFlags: unknown): Promise<void> {
  const flags = parseInput(flagsSchema, rawFlags, 'flags of `shakedown record`', 'see `shakedown record --help`')
  const [service] = parseServices([flags.upstream], flags.dialect, flags.port)
  if (service === undefined) throw usageError('UPSTREAM', 'flag --upstream names no provider; give its URL.')
  const file = freeFile(flags.cassette, flags.overwrite)
  let failure: Error | undefined
  const recorder = new ModelRecorder(flags.redactEnv.map(secretIn), (exchange) => {
    try {
      writeModelCassette(file, recorder.cassette(service.origin.origin))
      process.stdout.write(exchangeLine(exchange))
    } catch (error) {
      failure ??= error instanceof Error ? error : new Error(String(error))
      process.stderr.write(`shakedown: ${describeFailure(error)}\n`)
    }
  })
  const running = await startProxy({
    services: [service],
    arm: () => recorder,
    seed: 'recording',
    control: { port: 0, token: unguessableToken() },
    onDefect: (error) => process.stderr.write(`shakedown: ${describeFailure(error)}\n`),
  })
  const ended = untilInterrupted()
  process.stdout.write(`recording ${service.origin.origin} on ${running.listeners[0]?.url} into ${file}\n`)
  await ended
  await running.close(graceMs)
  if (failure !== undefined) throw failure
  process.exitCode = 0
}

function freeFile(given: string, overwrite: boolean): string {
  const file = resolve(given)
  if (overwrite || !existsSync(file)) return file
  throw usageError('CASSETTE', `there is a cassette at ${file}; give another file, or --overwrite to replace it.`)
}

function secretIn(name: string): string {
  const value = process.env[name]
  if (value !== undefined && value !== '') return value
  throw usageError('REDACT', `flag --redact-env: the environment variable ${name} is not set; set it, or leave it out.`)
}

function exchangeLine({ request, reply }: RecordedExchange): string {
  const { status, body, latencyMs } = reply
  const size = typeof body === 'string' ? `${Buffer.byteLength(body)} bytes` : `${body.length} pieces`
  return `recorded ${request.method} ${request.path}: ${status}, ${size}, first after ${latencyMs} ms\n`
}
