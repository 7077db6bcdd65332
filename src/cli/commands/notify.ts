import { resolve } from 'node:path'
import type { Command } from 'commander'
import { z } from 'zod'
import { usageError } from '../../contract/errors.ts'
import { parseInput } from '../../contract/parse.ts'
import { readResultsFile } from '../read-results-file.ts'
import { jobLink, sendWebhook } from '../services/send-webhook.ts'

const address = z.url({ protocol: /^https?$/, error: 'expected a URL of http or https' })

const flagsSchema = z.strictObject({ webhookEnv: z.string().default('SHAKEDOWN_WEBHOOK'), link: address.optional() })

/** `shakedown notify [results.json]`: tells a chat what a run came to. */
export function addNotifyCommand(program: Command): void {
  program
    .command('notify')
    .description('post what a run came to to a webhook of a chat; a webhook that fails is a warning')
    .argument('[file]', 'the results.json of the run', 'reports/latest/results.json')
    .option('--webhook-env <VARIABLE>', 'the variable that holds the address; default SHAKEDOWN_WEBHOOK')
    .option('--link <url>', 'where more is to be read; default the page of the job')
    .action((file: string, flags: unknown) => notify(file, flags))
}

async function notify(file: string, rawFlags: unknown): Promise<void> {
  const { webhookEnv, link } = parseInput(
    flagsSchema,
    rawFlags,
    'flags of `shakedown notify`',
    'see `shakedown notify --help`',
  )
  const url = address.safeParse(process.env[webhookEnv])
  if (!url.success) {
    // Without the value: it is a secret, and nearly one where it is mistyped.
    throw usageError(
      'NO_WEBHOOK',
      `shakedown notify: the variable ${webhookEnv} holds no URL of http or https; set it to the address of the webhook.`,
    )
  }
  const warning = await sendWebhook(url.data, readResultsFile(resolve(file)), link ?? jobLink(process.env))
  if (warning === null) process.stdout.write('The webhook was told.\n')
  else process.stderr.write(`Warning: ${warning}\n`)
}
