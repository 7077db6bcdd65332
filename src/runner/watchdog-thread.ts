import { writeFileSync } from 'node:fs'
import { Session } from 'node:inspector'
import { workerData } from 'node:worker_threads'
import { realClock } from '../simulation/real-clock.ts'
import type { WatchdogOptions } from './watchdog.ts'

/** Silence without any use of the processor: the machine may be asleep, or the code waits on a lock. */
const idleFactor = 6
const pauseWaitMs = 2_000
const checkEveryMs = 50

const { shared, stackPath } = workerData as WatchdogOptions
let lastBeat = -1
let silentSinceMs = 0
let processorAtMs = 0

const session = new Session()
session.connectToMainThread()
realClock.setInterval(check, checkEveryMs)

function check(): void {
  const beat = Atomics.load(shared, 0)
  const allowedMs = Atomics.load(shared, 1)
  if (allowedMs === 0 || beat !== lastBeat) {
    lastBeat = beat
    silentSinceMs = realClock.monotonicMs()
    processorAtMs = processorMs()
    return
  }
  const silentMs = realClock.monotonicMs() - silentSinceMs
  const usedMs = processorMs() - processorAtMs
  // A process that was not given the processor is slow, not blocked.
  const isBusy = silentMs > allowedMs && usedMs > allowedMs / 2
  if (isBusy || silentMs > allowedMs * idleFactor) giveUp()
}

function processorMs(): number {
  const { user, system } = process.cpuUsage()
  return (user + system) / 1000
}

/** Takes the stack of the blocked code, writes it, and ends the process. */
function giveUp(): void {
  const urls = new Map<string, string>()
  session.on('Debugger.scriptParsed', ({ params: { scriptId, url } }) => urls.set(scriptId, url))
  session.on('Debugger.paused', ({ params }) => {
    const frames = params.callFrames.slice(0, 12).map(({ functionName, location: { scriptId, lineNumber } }) => {
      const name = functionName === '' ? '(anonymous)' : functionName
      return `${name} (${urls.get(scriptId) ?? 'unknown'}:${lineNumber + 1})`
    })
    end(frames.join('\n'))
  })
  session.post('Debugger.enable', () => session.post('Debugger.pause'))
  realClock.setTimeout(() => end('no stack: the thread waits on a lock or in native code'), pauseWaitMs)
}

function end(stack: string): void {
  writeFileSync(stackPath, stack)
  process.kill(process.pid, 'SIGKILL')
}
