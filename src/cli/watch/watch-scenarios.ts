import { PoolClosed, WorkerPool } from '../../runner/worker-pool.ts'
import { realClock } from '../../simulation/real-clock.ts'
import type { RunFlags } from '../flags.ts'
import { onInterrupt } from '../on-interrupt.ts'
import { type ConfigPlace, configOfToken } from '../find-config.ts'
import { openDiskChanges } from './disk-changes.ts'
import { openInbox } from './inbox.ts'
import { type Sight, look } from './look.ts'
import { requireWatchable } from './require-watchable.ts'
import { RunMemory } from './run-memory.ts'
import { type RoundEnd, runRound } from './run-round.ts'
import { type WatchKey, readKeys } from './watch-keys.ts'
import { watchScreen } from './watch-screen.ts'
import { changedWords, helpLines, roundWords, trialsWords, waitingWords } from './watch-words.ts'

/** What a watch is told while it runs scenarios or waits. */
type Message = WatchKey | 'changed' | { readonly sight: Sight; readonly end: RoundEnd } | { readonly defect: unknown }

/** The next run: of what, and why, in a sentence. */
interface Next {
  readonly sight: Sight
  readonly why: string
}

/**
 * Runs scenarios, and again what a change touches, until somebody ends it.
 *
 * Whoever ends it is at a keyboard, so its exit code is 0: what the agent came to is in the report.
 *
 * @throws {ShakedownError} of kind `usage` where the flags or the environment make no sense with it
 */
export async function watchScenarios(
  filters: readonly string[],
  flags: RunFlags & { readonly workers: number },
): Promise<void> {
  requireWatchable(flags)
  const watch = new Watch(filters, flags)
  const interruptible = onInterrupt(() => watch[Symbol.dispose]())
  try {
    await watch.run()
  } finally {
    watch[Symbol.dispose]()
    interruptible[Symbol.dispose]()
  }
  process.exitCode = 0
}

class Watch implements Disposable {
  readonly #filters: readonly string[]
  readonly #flags: RunFlags & { readonly workers: number }
  readonly #memory = new RunMemory()
  readonly #screen = watchScreen(process.stderr, process.stdout)
  readonly #inbox = openInbox<Message>()
  readonly #disk = openDiskChanges(() => this.#inbox.put('changed'))
  readonly #keys: Disposable | null
  readonly #pools = new Set<WorkerPool>()
  #isOver = false
  /** Paths of what was run last, and of what did not pass then. */
  #last: readonly string[] = []
  #failed: readonly string[] = []
  #isRunning = false
  /** What is said when the run is over that is under way: nothing may come between the lines of its progress. */
  #later: string[] = []

  constructor(filters: readonly string[], flags: RunFlags & { readonly workers: number }) {
    this.#filters = filters
    this.#flags = flags
    this.#keys = process.stdin.isTTY ? readKeys(process.stdin, (key) => this.#press(key)) : null
  }

  async run(): Promise<void> {
    let next = await this.#look(null, trialsWords(this.#flags))
    while (next !== null) {
      const { sight } = next
      const round = this.#begin(next)
      next = await this.#next(sight)
      this.#close(sight.pool)
      await round
    }
  }

  /** Ends everything that is under way. */
  [Symbol.dispose](): void {
    this.#isOver = true
    this.#keys?.[Symbol.dispose]()
    this.#disk[Symbol.dispose]()
    for (const pool of this.#pools) this.#close(pool)
  }

  #press(key: WatchKey): void {
    // Whatever is under way ends by it, and whoever waits for it looks for messages next.
    if (key === 'quit') this[Symbol.dispose]()
    this.#inbox.put(key)
  }

  /** Begins a run; how it ends is put into the inbox. */
  async #begin({ sight, why }: Next): Promise<void> {
    this.#isRunning = true
    this.#screen.sayAnew([why, ...this.#planned(sight)].filter((sentence) => sentence !== ''))
    const options = { filters: this.#filters, flags: this.#flags, memory: this.#memory }
    try {
      const { seen, trouble } = sight
      const end: RoundEnd =
        seen === null ? { kind: 'broken', failed: [], sentences: [trouble] } : await runRound(sight, seen, options)
      if (end.kind !== 'cancelled') this.#inbox.put({ sight, end })
    } catch (defect) {
      this.#inbox.put({ defect })
    }
  }

  /** Forgets what does not hold any more, and says what has to be run. */
  #planned({ seen }: Sight): string[] {
    if (seen === null) return []
    this.#memory.recall(seen)
    const running = seen.files.filter((path) => !this.#memory.finished.has(path))
    if (running.length > 0) this.#last = running
    return [roundWords(running.length, seen.files.length)]
  }

  /** Waits for a reason to run something; null where there will be none. */
  async #next(sight: Sight): Promise<Next | null> {
    while (!this.#isOver) {
      const message = await this.#inbox.take()
      if (typeof message === 'object') {
        if ('defect' in message) throw message.defect
        if (message.sight === sight) this.#tellEnd(message)
      } else {
        const next = await this.#answer(message, sight)
        if (next !== null) return next
      }
    }
    return null
  }

  #tellEnd({ sight: { seen }, end }: { readonly sight: Sight; readonly end: RoundEnd }): void {
    this.#isRunning = false
    this.#failed = end.failed
    const isBroken = end.kind === 'broken'
    const waiting = { files: seen?.madeOf ?? 0, scenarios: seen?.files.length ?? 0, isBroken }
    const sentences = end.sentences.map((sentence) => `shakedown: ${sentence}`)
    this.#screen.say([...sentences, '', ...waitingWords(waiting, this.#keys !== null), ...this.#later.splice(0)])
  }

  #tell(sentences: readonly string[]): void {
    if (this.#isRunning) this.#later.push(...sentences)
    else this.#screen.say(sentences)
  }

  async #answer(message: WatchKey | 'changed', sight: Sight): Promise<Next | null> {
    switch (message) {
      case 'quit':
        return null
      case 'help':
        this.#tell(helpLines)
        return null
      case 'changed':
        return this.#lookAgain(sight)
      case 'failed':
        if (this.#failed.length > 0) return this.#again(sight, this.#failed)
        this.#tell(['Nothing failed in the last run.'])
        return null
      case 'again':
        return this.#again(sight, this.#last)
      case 'all':
        return this.#again(sight)
    }
  }

  /** @param paths what is run although it has not changed; all without it */
  #again(sight: Sight, paths?: readonly string[]): Promise<Next | null> {
    this.#memory.forget(paths)
    return this.#look(sight, '')
  }

  /** Looks whether something has really changed. */
  async #lookAgain(before: Sight): Promise<Next | null> {
    const next = await this.#look(before, '')
    if (next === null) return null
    const { sight } = next
    const paths = [...this.#disk.take()]
    if (sight.key === before.key) {
      this.#close(sight.pool)
      return null
    }
    const named = paths.filter((path) => sight.modules.has(path) || before.modules.has(path))
    const why = changedWords(sight.place.root, named.length > 0 ? named : paths)
    return { sight, why: this.#isRunning ? `${why} The run that was under way is thrown away.` : why }
  }

  async #look(before: Sight | null, why: string): Promise<Next | null> {
    const sinceMs = realClock.now()
    const openPool = (place: ConfigPlace): WorkerPool => {
      const { allowProduction, workers } = this.#flags
      const pool = new WorkerPool({ root: place.root, allowProduction, configOfToken: configOfToken(place) }, workers)
      this.#pools.add(pool)
      return pool
    }
    try {
      const sight = await look({ filters: this.#filters, flags: this.#flags, openPool }, before)
      this.#disk.watch(sight.watched, sight.modules, sinceMs)
      return { sight, why }
    } catch (error) {
      if (error instanceof PoolClosed && this.#isOver) return null
      throw error
    }
  }

  #close(pool: WorkerPool): void {
    this.#pools.delete(pool)
    pool.close()
  }
}
