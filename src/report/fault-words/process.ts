import type { FaultWords, Reader } from './predicate.ts'

const points: Readonly<Record<string, string>> = {
  sent: 'as it is sent',
  acted: 'once its upstream has acted, before the answer goes out',
  answered: 'once it is answered',
}

/** When something happens, seen from the call. */
function when({ has, text, span }: Reader): string {
  const point = has('at') ? text('at') : 'answered'
  const waits = [
    ...(has('afterMs') && text('afterMs') !== '0' ? [span('afterMs')] : []),
    ...(has('afterMicrotasks') && text('afterMicrotasks') !== '0' ? [steps(text('afterMicrotasks'))] : []),
  ]
  const later = waits.length === 0 ? '' : ` (and ${waits.join(' and ')} later)`
  return `${points[point] ?? points['answered']}${later}`
}

function steps(count: string): string {
  return `${count} ${count === '1' ? 'step' : 'steps'} of promises`
}

export const processWords: FaultWords = {
  'clock.jump_forward': (parameter) =>
    `finds the wall clock of the agent set forward by ${parameter.span('byMs')}, ${when(parameter)}`,
  'clock.jump_back': (parameter) =>
    `finds the wall clock of the agent set back by ${parameter.span('byMs')}, ${when(parameter)}`,
  'clock.late_timers': (parameter) =>
    `finds the timers of the agent late for ${parameter.span('forMs')}, at whole multiples of ${parameter.span('spanMs')}, ${when(parameter)}`,
  'process.block': (parameter) =>
    `finds the event loop of the agent blocked for ${parameter.span('forMs')}, ${when(parameter)}`,
  'process.kill': (parameter) =>
    `has the process of the agent killed, to be started again after ${parameter.span('downMs')}, ${when(parameter)}`,
  'task.abort': (parameter) => `has its task aborted, ${when(parameter)}`,
}
