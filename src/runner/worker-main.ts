import { rmSync } from 'node:fs'
import { ShakedownError } from '../contract/errors.ts'
import { installSimulation } from '../simulation/install.ts'
import { keepStoresIn } from '../wire/stores/store-folder.ts'
import { interceptSockets } from '../wire/transports/msw.ts'
import { createHeartbeat, openTrialNote } from './heartbeat.ts'
import type { JobMessage, ReplyMessage } from './job.ts'
import { startWatchdog } from './watchdog.ts'
import type { workerJobs } from './worker-jobs.ts'
import { workerOptionsSchema } from './worker-options.ts'

/** Modules take long to load on a slow day, and loading them does not turn the event loop. */
const loadingAllowedMs = 60_000

const options = workerOptionsSchema.parse(JSON.parse(process.argv[2] ?? ''))
keepStoresIn(options.storesPath)
const heartbeat = createHeartbeat()
const started = start()
// Whoever sends the first job learns of a failure.
started.catch(() => {})

async function start(): Promise<ReturnType<typeof workerJobs>> {
  // Before anything of the user's is loaded, so that whatever it captures is already replaced.
  interceptSockets()
  installSimulation({ allowProduction: options.allowProduction })
  startWatchdog(heartbeat, { stackPath: options.stackPath })
  const { openLoader } = await import('./module-loader.ts')
  const { workerJobs: createJobs } = await import('./worker-jobs.ts')
  const noteTrial = openTrialNote(options.notePath)
  return createJobs({
    root: options.root,
    configOfToken: options.configOfToken,
    loader: await openLoader(options.root),
    onTurn: heartbeat.beat,
    onLoad: (isLoading) => heartbeat.allow(isLoading ? loadingAllowedMs : 0),
    onTrial(trial, blockedAfterMs) {
      noteTrial(trial)
      heartbeat.allow(blockedAfterMs)
      heartbeat.beat()
    },
  })
}

async function answer({ id, job, request }: JobMessage): Promise<ReplyMessage> {
  try {
    const handle = (await started)[job] as (request: unknown) => Promise<unknown>
    return { id, reply: await handle(request) }
  } catch (error) {
    const { kind, code, message } = ShakedownError.is(error) ? error : asDefect(error)
    return { id, error: { kind, code, message } }
  } finally {
    heartbeat.allow(0)
  }
}

function asDefect(error: unknown): { kind: 'harness'; code: string; message: string } {
  const stack = error instanceof Error ? (error.stack ?? error.message) : String(error)
  const message = `an unexpected error, which is a defect of Shakedown; please report it with this text:\n${stack}`
  return { kind: 'harness', code: 'SHAKEDOWN_DEFECT', message }
}

process.on('message', (message: JobMessage) => {
  void answer(message).then((reply) => process.send?.(reply))
})
process.on('disconnect', () => {
  // Nobody is there to do it any more.
  rmSync(options.storesPath, { recursive: true, force: true })
  process.exit(0)
})
