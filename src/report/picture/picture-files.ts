/** Files of pictures in the folder of a report. */
export const pictureFiles = { drawing: 'summary.svg', photograph: 'summary.png', paper: 'report.pdf' } as const
