import '../_install.ts'
import childProcess, { execFile, spawnSync } from 'node:child_process'
import cluster from 'node:cluster'
import { Worker } from 'node:worker_threads'
import { describe, expect, it } from 'vitest'
import { inWorld } from '../_world.ts'

describe('processes and threads in a world', () => {
  it('child processes are refused with a sentence, by every function that starts one', async () => {
    const starts: (() => unknown)[] = [
      () => childProcess.spawn('ls'),
      () => childProcess.exec('ls'),
      () => childProcess.execSync('ls'),
      () => childProcess.fork('ls'),
      () => childProcess.execFileSync('ls'),
      () => execFile('ls'),
      () => spawnSync('ls'),
    ]
    for (const start of starts) {
      const run = await inWorld(start)
      expect(run.error).toMatchObject({ code: 'SHAKEDOWN_CHILD_PROCESS' })
      expect(String(run.error)).toContain('("ls") was refused: a child process runs outside the simulated world')
    }
    const forked = await inWorld(() => cluster.fork())
    expect(forked.error).toMatchObject({ code: 'SHAKEDOWN_CHILD_PROCESS' })
  })

  it('worker threads run outside the world, are waited for and reported', async () => {
    const script = "require('node:worker_threads').parentPort.postMessage(Date.now())"
    const run = await inWorld(
      () =>
        new Promise<number>((resolve) => {
          const worker = new Worker(script, { eval: true })
          worker.on('message', (time: number) => {
            resolve(time)
            void worker.terminate()
          })
          setTimeout(() => resolve(0), 1)
        }),
    )
    expect(run.outside).toEqual(['worker thread'])
    expect(run.value).toBeGreaterThan(Date.UTC(2026, 0, 2))
    expect(run.inFlight).toBe(0)
  })

  it('process.exit and process.abort end the trial and leave the process alone', async () => {
    const exited = await inWorld(() => process.exit(3))
    expect(exited).toMatchObject({ end: 'exited', detail: 'process.exit(3)', error: { name: 'AgentExit' } })
    const aborted = await inWorld(() => process.abort())
    expect(aborted).toMatchObject({ end: 'exited', detail: 'process.abort()' })
  })
})
