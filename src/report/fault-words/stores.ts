import type { FaultWords } from './predicate.ts'

export const storeWords: FaultWords = {
  'store.connection': ({ text }) =>
    `cannot reach its file (${text('form') === 'folder_gone' ? 'its folder is gone' : 'a folder is in its place'})`,
  'store.busy': () => 'finds the file locked by another connection (SQLITE_BUSY)',
  'store.full': () => 'finds the disk full (SQLITE_FULL)',
  'store.readonly': () => 'finds that the store takes no writes (SQLITE_READONLY)',
  'store.query': () => 'finds its table gone (SQLITE_ERROR)',
  'store.corrupt': ({ text }) =>
    `finds bytes of the file overwritten for good, ${text('form') === 'header' ? 'in its header' : 'in its pages'}`,
}
