import { canonicalJson } from '../../scenario/canonical-json.ts'
import type { JobName, Jobs } from '../job.ts'
import type { Workers } from '../worker-pool.ts'
import { WorkerLost } from '../worker-process.ts'
import { type KeptJob, type KeptWork, isKeptJob, workKey } from './kept-work.ts'

/**
 * Workers that do no work twice.
 *
 * What is known already is answered without running anything; whatever is run is handed over, to be kept. A whole run is
 * made of such answers, so that whoever brings them (a shard, a journal of a run that was killed) gets the same bytes.
 */
export class RememberingWorkers implements Workers {
  readonly #workers: Workers
  readonly #known: ReadonlyMap<string, KeptWork>
  readonly #keep: (work: KeptWork) => void
  /** Losses of processes in work that has not been finished, by what they have in common with the rest of it. */
  readonly #losses = new Map<string, KeptWork[]>()

  constructor(workers: Workers, known: Iterable<KeptWork>, keep: (work: KeptWork) => void) {
    this.#workers = workers
    this.#known = new Map([...known].map((work) => [workKey(work), work]))
    this.#keep = keep
  }

  runFresh<Name extends JobName>(job: Name, request: Jobs[Name]['request']): Promise<Jobs[Name]['reply']> {
    return this.#workers.runFresh(job, request)
  }

  async run<Name extends JobName>(job: Name, request: Jobs[Name]['request']): Promise<Jobs[Name]['reply']> {
    if (!isKeptJob(job)) return this.#workers.run(job, request)
    const asked = askedOf(job, request as Jobs[KeptJob]['request'])
    const known = this.#known.get(workKey(asked))
    if (known !== undefined) return answerOf(known)
    const task = taskKey(asked)
    try {
      const reply = await this.#workers.run(job, request)
      for (const loss of this.#losses.get(task) ?? []) this.#keep(loss)
      this.#losses.delete(task)
      this.#keep({ ...asked, reply } as KeptWork)
      return reply
    } catch (error) {
      if (error instanceof WorkerLost) {
        // Kept once the work is finished without the lost trial: a process may also be lost because the run is being ended.
        const { trial, how, explanation } = error
        const loss = { ...asked, loss: { trial, how, explanation } } as KeptWork
        this.#losses.set(task, [...(this.#losses.get(task) ?? []), loss])
      }
      throw error
    }
  }
}

function askedOf(job: KeptJob, request: Jobs[KeptJob]['request']): Pick<KeptWork, 'job' | 'of'> {
  const { path: _path, seed: _seed, blockedAfterMs: _silence, ...of } = request
  return { job, of }
}

function answerOf(work: KeptWork): Jobs[KeptJob]['reply'] {
  if ('reply' in work) return work.reply
  const { trial, how, explanation } = work.loss
  throw new WorkerLost(trial, how, explanation)
}

/** What the attempts at one piece of work have in common: all but what was learnt from those before. */
function taskKey({ job, of }: Pick<KeptWork, 'job' | 'of'>): string {
  return canonicalJson({ job, ...of, lost: null, shrinks: null, trials: null })
}
