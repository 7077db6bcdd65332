/** Advance widths of Verdana at 11 px, in hundredths of a pixel: badges are drawn before anybody has a font. */
const widths: Readonly<Record<string, number>> = {
  ...{ ' ': 387, '%': 1184, ',': 400, '-': 500, '.': 400, '/': 500, '≥': 900 },
  ...{ a: 661, b: 685, c: 573, d: 685, e: 655, f: 387, g: 685, h: 696, i: 302, j: 379, k: 651, l: 302, m: 1070 },
  ...{ n: 696, o: 668, p: 685, q: 685, r: 469, s: 573, t: 433, u: 696, v: 651, w: 900, x: 651, y: 651, z: 578 },
}

const digit = 699

/** How wide a text of a badge is, in whole pixels. */
export function textWidth(text: string): number {
  const hundredths = [...text].reduce((sum, letter) => sum + (widths[letter] ?? digit), 0)
  return Math.round(hundredths / 100)
}
