import * as fc from 'fast-check'
import { z } from 'zod'
import type { JsonObject } from '../../contract/json.ts'
import { type AnyMember, type CatalogueMember, defineMember } from '../catalogue-member.ts'
import { attempt, whileOnFile } from './on-file.ts'
import { folderGone, folderInItsPlace, lockedByAnother, noRoom, readOnly, tablesRenamed } from './store-conditions.ts'
import { damage, damages } from './store-damage.ts'

const none = z.strictObject({})
const unopenables = ['folder_gone', 'not_a_file'] as const

/** What befalls an SQLite file: SQLite itself meets it, and says what it always says. */
export const storeFileMembers: readonly AnyMember[] = [
  onFile({
    id: 'store.connection',
    summary:
      'the file cannot be reached: opening it fails (SQLITE_CANTOPEN), and so does a write through a connection that is open (SQLITE_READONLY)',
    source: 'https://www.sqlite.org/rescode.html#cantopen; #readonly_dbmoved; a volume that is not mounted',
    parameters: z.strictObject({
      form: z.enum(unopenables).default('folder_gone').describe('its folder is gone, or a folder stands in its place'),
    }),
    arbitrary: fc.record({ form: fc.constantFrom(...unopenables) }),
    strike: (_call, { form }) =>
      whileOnFile(['SQLITE_CANTOPEN', 'SQLITE_READONLY'], form === 'folder_gone' ? folderGone : folderInItsPlace),
  }),
  onFile({
    id: 'store.busy',
    summary: 'another connection holds the lock for longer than the agent is ready to wait (SQLITE_BUSY)',
    source: 'https://www.sqlite.org/rescode.html#busy',
    parameters: none,
    arbitrary: fc.constant({}),
    strike: () => whileOnFile(['SQLITE_BUSY'], lockedByAnother),
  }),
  onFile({
    id: 'store.full',
    summary: 'no page more can be had: a write that needs one fails, and may undo its whole transaction (SQLITE_FULL)',
    source: 'https://www.sqlite.org/rescode.html#full; https://www.sqlite.org/lang_transaction.html section 3',
    parameters: none,
    arbitrary: fc.constant({}),
    strike: () => whileOnFile(['SQLITE_FULL'], noRoom),
  }),
  onFile({
    id: 'store.readonly',
    summary: 'the store takes no writes (SQLITE_READONLY), and is read as ever',
    source: 'https://www.sqlite.org/rescode.html#readonly; https://www.sqlite.org/pragma.html#pragma_query_only',
    parameters: none,
    arbitrary: fc.constant({}),
    strike: () => whileOnFile(['SQLITE_READONLY'], readOnly),
  }),
  onFile({
    id: 'store.query',
    summary: 'a statement finds its table gone, as where a migration has not run (SQLITE_ERROR, no such table)',
    source: 'https://www.sqlite.org/rescode.html#error',
    parameters: none,
    arbitrary: fc.constant({}),
    strike: ({ request }) => whileOnFile(['SQLITE_ERROR'], (file) => tablesRenamed(file, request.body)),
  }),
  onFile({
    id: 'store.corrupt',
    summary: 'bytes of the file are overwritten, for good: in its header (SQLITE_NOTADB) or its pages (SQLITE_CORRUPT)',
    source: 'https://www.sqlite.org/howtocorrupt.html',
    parameters: z.strictObject({ form: z.enum(damages).default('header').describe('where the damage is') }),
    arbitrary: fc.record({ form: fc.constantFrom(...damages) }),
    strike: (_call, { form }) => ({ mayMiss: true, onFile: (file) => attempt(() => damage(file, form)) }),
  }),
]

function onFile<Parameters extends JsonObject>(
  member: Omit<CatalogueMember<Parameters>, 'family' | 'targets' | 'seams' | 'bookedOn'>,
): AnyMember {
  return defineMember({ ...member, family: 'stores', targets: ['store'], seams: ['file'], bookedOn: 'tool' })
}
