/** What stands where something was left out. */
export const leftOut = 'left out of the public edition'
