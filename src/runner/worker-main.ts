import { installSimulation } from '../simulation/install.ts'
import { ShakedownError } from '../contract/errors.ts'
import { createHeartbeat, openTrialNote } from './heartbeat.ts'
import type { JobMessage, ReplyMessage } from './job.ts'
import { workerOptionsSchema } from './worker-options.ts'
import { startWatchdog } from './watchdog.ts'

// Before anything of the user's is loaded, so that whatever it captures is already replaced.
const options = workerOptionsSchema.parse(JSON.parse(process.argv[2] ?? ''))
installSimulation({ allowProduction: options.allowProduction })

const heartbeat = createHeartbeat()
startWatchdog(heartbeat, { blockedAfterMs: options.blockedAfterMs, stackPath: options.stackPath })
const { openLoader } = await import('./module-loader.ts')
const { workerJobs } = await import('./worker-jobs.ts')

const handlers = workerJobs({
  loader: await openLoader(options.root),
  onTurn: heartbeat.beat,
  onTrial: openTrialNote(options.notePath),
})

async function answer({ id, job, request }: JobMessage): Promise<ReplyMessage> {
  heartbeat.watch(true)
  try {
    const handle = handlers[job] as (request: unknown) => Promise<unknown>
    return { id, reply: await handle(request) }
  } catch (error) {
    const { kind, code, message } = ShakedownError.is(error) ? error : asDefect(error)
    return { id, error: { kind, code, message } }
  } finally {
    heartbeat.watch(false)
  }
}

function asDefect(error: unknown): { kind: 'harness'; code: string; message: string } {
  const message = error instanceof Error ? (error.stack ?? error.message) : String(error)
  return {
    kind: 'harness',
    code: 'SHAKEDOWN_DEFECT',
    message: `an unexpected error, which is a defect of Shakedown: ${message}`,
  }
}

process.on('message', (message: JobMessage) => {
  void answer(message).then((reply) => process.send?.(reply))
})
process.on('disconnect', () => process.exit(0))
process.send?.({ id: 0, reply: 'ready' } satisfies ReplyMessage)
