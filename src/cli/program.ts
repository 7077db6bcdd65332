import { Command } from 'commander'
import type { CommanderError } from 'commander'
import { usageError } from '../contract/errors.ts'
import { version } from '../runner/version.ts'
import { addCommentCommand } from './commands/comment.ts'
import { addCompareCommand } from './commands/compare.ts'
import { addDeclareCommand } from './commands/declare.ts'
import { addDoctorCommand } from './commands/doctor.ts'
import { addDriftCommand } from './commands/drift.ts'
import { addIncidentCommand } from './commands/incident.ts'
import { addListCommand } from './commands/list.ts'
import { addMcpShimCommand } from './commands/mcp-shim.ts'
import { addMergeCommand } from './commands/merge.ts'
import { addNotifyCommand } from './commands/notify.ts'
import { addProxyCommand } from './commands/proxy.ts'
import { addPublishCommand } from './commands/publish.ts'
import { addRecordCommand } from './commands/record.ts'
import { addReplayCommand } from './commands/replay.ts'
import { addReportCommand } from './commands/report.ts'
import { addVerifyCommand } from './commands/verify.ts'
import { addRunCommand } from './commands/run.ts'
import { addSuggestCommand } from './commands/suggest.ts'

/** The command line, as a value, so that it can be driven without a process. */
export function createProgram(): Command {
  const program = new Command('shakedown')
    .description('Runs an AI agent in a simulated world that breaks as production breaks, and judges it from the wire.')
    .version(version)
    .showHelpAfterError(false)
    // `declare --version` is the version of a declaration.
    .enablePositionalOptions()
  addRunCommand(program)
  addReplayCommand(program)
  addReportCommand(program)
  addCommentCommand(program)
  addNotifyCommand(program)
  addMergeCommand(program)
  addVerifyCommand(program)
  addCompareCommand(program)
  addDeclareCommand(program)
  addPublishCommand(program)
  addSuggestCommand(program)
  addProxyCommand(program)
  addMcpShimCommand(program)
  addRecordCommand(program)
  addDriftCommand(program)
  addIncidentCommand(program)
  addListCommand(program)
  addDoctorCommand(program)
  for (const command of [program, ...program.commands]) withUsageErrors(command)
  return program
}

/** Commander prints and exits by itself; a wrong flag must end like any other bad input. */
function withUsageErrors(command: Command): void {
  command.configureOutput({ writeErr: () => {} }).exitOverride((error: CommanderError) => {
    if (error.exitCode === 0) process.exit(0)
    if (error.code === 'commander.help') {
      throw usageError('NO_COMMAND', 'no command was given; start with `shakedown run`, or see `shakedown --help`.')
    }
    const sentence = error.message.replace(/^error: /, '').replaceAll('\n', ' ')
    throw usageError(
      'FLAG',
      `${sentence}; \`shakedown ${command.name() === 'shakedown' ? '' : `${command.name()} `}--help\` shows what there is.`,
    )
  })
}
