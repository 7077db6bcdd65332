/** Trials in a block: the unit of scheduling, seeding and merging. */
export const blockTrials = 100
