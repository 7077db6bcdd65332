/** Something to import. */
export const imported = true
