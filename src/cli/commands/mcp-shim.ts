import { writeFileSync } from 'node:fs'
import type { Command } from 'commander'
import { z } from 'zod'
import { usageError } from '../../contract/errors.ts'
import { emptyPlan } from '../../contract/fault.ts'
import { parseInput } from '../../contract/parse.ts'
import { armOutside } from '../../faults/arm-outside.ts'
import { runStdioShim } from '../../wire/mcp/stdio-shim.ts'
import { ArmedPlan } from '../../wire/proxy/armed-plan.ts'
import { ProxyTrace } from '../../wire/proxy/proxy-trace.ts'
import { readPlan } from './read-plan.ts'

const flagsSchema = z.strictObject({
  plan: z.string().optional(),
  trace: z.string().optional(),
  name: z.string().min(1).default('mcp'),
  seed: z
    .string()
    .regex(/^\d{1,10}$/, { error: 'expected a whole number' })
    .default('1'),
})

/** `shakedown mcp-shim`: puts the faults of a plan between an MCP client and a server that it starts over stdio. */
export function addMcpShimCommand(program: Command): void {
  program
    .command('mcp-shim')
    .description('start an MCP server over stdio and put the faults of a plan between it and its client')
    .argument('<command>', 'what starts the server')
    .argument('[args...]', 'its arguments, behind --')
    .option('--plan <file>', 'the fault plan as JSON; default no fault')
    .option('--trace <file>', 'where the trace is written when the server has ended, as JSON Lines')
    .option('--name <name>', 'what the faults of the plan aim at; default mcp')
    .option('--seed <number>', 'seeds what the plan draws; default 1')
    .action((command: string, args: string[], flags: unknown) => shim(command, args, flags))
}

async function shim(command: string, args: readonly string[], rawFlags: unknown): Promise<void> {
  const remedy = 'see `shakedown mcp-shim --help`'
  const { plan, trace: file, name, seed } = parseInput(flagsSchema, rawFlags, 'flags of `shakedown mcp-shim`', remedy)
  const read = plan === undefined ? emptyPlan : readPlan(plan)
  const armed = new ArmedPlan(read, armOutside('MCP shim', seed), seed)
  const trace = new ProxyTrace()
  const { stdin: input, stdout: output } = process
  const { code, signal } = await runStdioShim({ command, args, name, armed, trace, input, output })
  if (file !== undefined) writeTrace(file, trace)
  if (signal !== null) process.kill(process.pid, signal)
  process.exitCode = code ?? 1
}

function writeTrace(file: string, { events }: ProxyTrace): void {
  try {
    writeFileSync(file, events.map((event) => `${JSON.stringify(event)}\n`).join(''))
  } catch (error) {
    throw usageError('TRACE', `the trace cannot be written to ${file}; name a file that can be.`, error)
  }
}
