/** Colours of one tone on white: its text and lines, and what it is painted on. */
export interface PictureTone {
  readonly strong: string
  readonly soft: string
}

const quiet: PictureTone = { strong: '#57606a', soft: '#eef1f4' }

const tones: Readonly<Record<string, PictureTone>> = {
  good: { strong: '#14662b', soft: '#e3f3e6' },
  bad: { strong: '#a3221a', soft: '#fbe6e4' },
  open: { strong: '#7a4f00', soft: '#fbf0d9' },
  torn: { strong: '#6b3fa0', soft: '#efe7f8' },
}

/** The colours of a tone of the page; those of no tone are grey. */
export function pictureTone(tone: string): PictureTone {
  return tones[tone] ?? quiet
}
