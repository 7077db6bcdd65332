/** What usually breaks the properties of persistence and operations, and what to change; by name. */
export const operationsRemedies: Readonly<Record<string, string>> = {
  'persistence.crash-anywhere':
    'Usually the record is written after the effect, or without a key: write the intent with its key first, and look it up on restart.',
  'persistence.intent': 'Usually the call is sent before the write is acknowledged: await the commit, and send then.',
  'persistence.acknowledged':
    'Usually the outcome is returned before it is stored: store it first, and look tasks up by their id before working on them.',
  'operations.safe-mode':
    'Usually failures are counted in each task, or never set back: count them in one place, and set them back with a success.',
  'operations.key-rotation':
    'Usually each task asks for a new key, or keeps an old one: share one key, and let all wait for one request for the next.',
  'operations.health': 'Usually the last check is kept for good: keep its time, and check again once it is too old.',
}
