/** A picture for a slide: 16 to 9, in pixels. */
export const pictureWidth = 1_600
export const pictureHeight = 900
export const margin = 60
/** Where the columns begin, and how wide they are. */
export const leftColumn = { x: margin, width: 990 } as const
export const rightColumn = { x: 1_110, width: 430 } as const
