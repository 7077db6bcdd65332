import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
// On purpose before what replaces it.
import { DatabaseSync } from 'node:sqlite'
import { expect, it } from 'vitest'
import { sqliteStore } from '../../../src/wire/stores/sqlite-store.ts'
import { play } from '../_play.ts'

it('a store whose client was imported too early is refused, before anything is written into the real file', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'sqlite-'))
  const path = join(folder, 'steps.sqlite')
  try {
    const playing = play({ upstreams: [sqliteStore({ path })] }, () =>
      Promise.resolve(new DatabaseSync(path).exec('CREATE TABLE t (x)')),
    )
    await expect(playing).rejects.toThrow(
      `"${path}" was opened outside its world, because node:sqlite was imported before Shakedown was in place; load the agent after it, e.g. with await import().`,
    )
    // Not even an agent that takes the refusal for an error of its store goes on.
    const swallowing = play({ upstreams: [sqliteStore({ path })] }, () => {
      try {
        new DatabaseSync(path).exec('CREATE TABLE t (x)')
      } catch {
        // Begins anew.
      }
      return new Promise(() => {})
    })
    await expect(swallowing).rejects.toThrow('the world crashed: "')
    expect(new DatabaseSync(path).prepare('SELECT count(*) AS tables FROM sqlite_schema').get()).toEqual({ tables: 0 })
  } finally {
    rmSync(folder, { recursive: true })
  }
})
