/** What usually breaks the properties of timeouts, and what to change; by name. */
export const timeoutRemedies: Readonly<Record<string, string>> = {
  'timeout.every-call-ends':
    'Usually the timeout covers the headers and not the body: keep the timer until the body has been read.',
  'timeout.nested':
    'Usually each call has its whole timeout, however little of the task is left: give each call the shorter of its own and what is left.',
  'timeout.abort-on-time':
    'Usually a race returns and the request goes on: abort the request itself, by an AbortSignal.',
  'timeout.late-answer': 'Usually what arrives is used, whenever it does: drop the answer of a call that was given up.',
  'timeout.idle-stream':
    'Usually one timer covers the whole stream, or none: start it anew with each piece, and abort when it fires.',
  'timeout.quiescence':
    'Usually timers and sockets are left running: clear timers where a call ends, and close what the task opened.',
  'timeout.blind-repetition':
    'Usually a call that was given up is taken for one that did nothing: look up what it did; repeat it only with its key, to a service that honours keys.',
}
