import { openStoreFile } from '../../simulation/sqlite.ts'
import { ProcessIsGone } from '../../simulation/process-is-gone.ts'
import type { Store, StoreCall, StoreConnection, StoreStatement } from '../../simulation/stores.ts'
import { type World, currentContext } from '../../simulation/world.ts'
import type { OpenCall, Exchanges } from '../exchange.ts'
import type { CallPoint } from '../happening.ts'
import { jsonReply } from '../reply.ts'
import { classifySqlite, sqliteCause } from './sqlite-error.ts'
import type { SqliteStore } from './sqlite-store.ts'
import { statementText, valueText } from './statement-text.ts'
import type { FileState, StoreFile } from './store-file.ts'
import type { StoreFolder } from './store-folder.ts'

/** What a store needs of its trial. */
export interface StoreScope {
  readonly world: World
  readonly exchanges: Exchanges
  readonly folder: StoreFolder
}

/** Bytes of a page: small ones, so that a full disk is met by the first row of some length and not by the hundredth. */
const pageBytes = 512

/** One store of a trial: its file, and the calls on it. */
export class WorldStore implements Store {
  readonly #declared: SqliteStore
  #ofTrial: StoreScope | undefined
  readonly #connections: StoreConnection[] = []
  #file: string | undefined

  constructor(declared: SqliteStore, scope: StoreScope) {
    this.#declared = declared
    this.#ofTrial = scope
  }

  get declaredPath(): string {
    return this.#declared.path
  }

  get file(): string {
    return (this.#file ??= this.#make())
  }

  keep(connection: StoreConnection): void {
    this.#connections.push(connection)
  }

  perform<Result>(call: StoreCall<Result>): Result {
    const begun = this.#begin(call.statement)
    stopIfGone(begun)
    const besetting = this.#beset(begun, call.connection)
    const leave = (thrown: unknown): void => {
      for (const { state, tookHold } of besetting.toReversed()) if (state.leave(thrown)) tookHold()
    }
    let result: Result
    try {
      result = call.run()
    } catch (thrown) {
      leave(thrown)
      reached(begun, 'acted')
      const cause = sqliteCause(thrown)
      begun.record.threw(cause, classifySqlite(cause))
      reached(begun, 'answered')
      throw thrown
    }
    leave(undefined)
    reached(begun, 'acted')
    const reply = jsonReply(200, null)
    begun.record.head(reply)
    begun.record.end({ ...reply, body: this.#withoutItsPath(valueText(call.tell(result))) })
    reached(begun, 'answered')
    return result
  }

  cut(): void {
    for (const connection of this.#connections) connection.close()
    this.#connections.length = 0
  }

  /** Closes it for good: what an agent leaves behind may keep a store, and its trial need not be kept with it. */
  close(): void {
    this.cut()
    this.#ofTrial = undefined
  }

  get #scope(): StoreScope {
    if (this.#ofTrial === undefined) throw new ProcessIsGone()
    return this.#ofTrial
  }

  #make(): string {
    const path = this.#scope.folder.pathFor(this.#declared.path)
    const fresh = openStoreFile(path, this.#scope.world)
    try {
      fresh.execute(`PRAGMA page_size = ${pageBytes}; VACUUM; ${this.#declared.schema}`)
    } finally {
      fresh.close()
    }
    return path
  }

  #begin(statement: StoreStatement): OpenCall {
    const { name } = this.#declared
    const request = {
      method: statement.method,
      url: `sqlite:${name}`,
      header: () => null,
      body: this.#withoutItsPath(statementText(statement)),
      signal: null,
    }
    return this.#scope.exchanges.open(this.#declared, request, currentContext()?.task ?? -1)
  }

  /** Brings the file into the states that the faults want, one after another. */
  #beset({ interferences, record }: OpenCall, connection: StoreConnection | null): Beset[] {
    const file: StoreFile = {
      path: this.file,
      connection,
      openAnother: () => openStoreFile(this.file, this.#scope.world),
    }
    return interferences.flatMap((interference) => {
      const state = interference.onFile?.(file) ?? null
      if (state === null) return []
      const tookHold = (): void => {
        interference.tookHold?.()
        record.fault(interference)
      }
      return [{ state, tookHold }]
    })
  }

  /** What is recorded, without the path, which no two trials have in common. */
  #withoutItsPath(text: string): string {
    return this.#file === undefined ? text : text.replaceAll(this.#file, this.#declared.path)
  }
}

/** What happens to the process at a point of the call happens now; where it dies of it, so does the code that called. */
function reached(begun: OpenCall, point: CallPoint): void {
  begun.happenings?.reached(point)
  stopIfGone(begun)
}

function stopIfGone({ record }: OpenCall): void {
  if (record.life.isOver) throw new ProcessIsGone()
}

interface Beset {
  readonly state: FileState
  readonly tookHold: () => void
}
