const madeTwice = 'Look in the records of the service for what was done twice, and undo it.'
const toolCalls = 'Look in service for calls of the tool that the finding names, and undo what they did.'

/** What else to do where harm may have been done already: what the agent did stays done once it is out of service. */
export const actionsAfterHarm: Readonly<Record<string, string>> = {
  ...{ L10: madeTwice, L11: madeTwice, L14: madeTwice, R9: madeTwice, R10: madeTwice, T7: madeTwice, F11: madeTwice },
  ...{ P1: toolCalls, P2: toolCalls, P4: toolCalls, P8: toolCalls, F14: toolCalls, Z1: toolCalls, Z3: toolCalls },
  L8: 'Look in service for actions that nobody approved, and undo them.',
  L12: 'Look in service for outcomes that claim what was not done, or keep quiet of what was, and tell the users.',
  P3: 'Replace the secret that the finding names, wherever it is used.',
  F4: 'Empty the cache, and look in service for answers that reached another user.',
  O2: 'Look in service for what the agent did while it should have been in safe mode.',
}
