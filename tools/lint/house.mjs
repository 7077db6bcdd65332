/** The rooms of src in order: a room may import the ones before it, and none after it. */
export const rooms = [
  'contract',
  'statistics',
  'simulation',
  'trace',
  'wire',
  'faults',
  'properties',
  'objectives',
  'results',
  'scenario',
  'adapters',
  'runner',
  'history',
  'telemetry',
  'report',
  'vitest',
  'cli',
]

/** The program under test: it imports none of the others, and none of them knows it. */
export const stranger = 'agent'
