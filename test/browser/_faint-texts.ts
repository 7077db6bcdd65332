// The part of the browser that the function below reads: the types of the whole DOM would hold for all of the project.
interface PageElement {
  readonly parentElement: PageElement | null
  matches(selector: string): boolean
  querySelector(selector: string): PageElement | null
}
declare const document: {
  readonly body: PageElement
  createTreeWalker(
    root: PageElement,
    show: number,
  ): {
    nextNode(): unknown
    readonly currentNode: { readonly parentElement: PageElement | null; readonly textContent: string | null }
  }
}
declare function getComputedStyle(element: PageElement): {
  readonly color: string
  readonly fill: string
  readonly backgroundColor: string
}

/**
 * The texts of a page whose contrast with what is behind them is below 4.5, WCAG 2.2 criterion 1.4.3.
 *
 * Runs inside the browser, so it holds everything it needs. Texts of drawings count by their fill.
 */
export function faintTexts(): string[] {
  type Colour = readonly [red: number, green: number, blue: number, alpha: number]
  const parse = (text: string): Colour => {
    const [red = 0, green = 0, blue = 0, alpha = 1] = (text.match(/[\d.]+/g) ?? []).map(Number)
    return [red, green, blue, alpha]
  }
  const luminance = ([red, green, blue]: Colour): number => {
    const [r = 0, g = 0, b = 0] = [red, green, blue].map((channel) => {
      const share = channel / 255
      return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4
    })
    return 0.2126 * r + 0.7152 * g + 0.0722 * b
  }
  const behind = (element: PageElement): Colour => {
    // A text on a cell of a drawing: the cell is behind it, not the page.
    const cell = element.matches('.heat g > text') ? (element.parentElement?.querySelector('rect') ?? null) : null
    const fill = cell === null ? 'none' : getComputedStyle(cell).fill
    if (fill !== 'none') return parse(fill)
    for (let each: PageElement | null = element; each !== null; each = each.parentElement) {
      const colour = parse(getComputedStyle(each).backgroundColor)
      if (colour[3] === 1) return colour
    }
    return [255, 255, 255, 1]
  }
  const faint: string[] = []
  const textNodes = 4
  const walker = document.createTreeWalker(document.body, textNodes)
  while (walker.nextNode()) {
    const element = walker.currentNode.parentElement
    const text = walker.currentNode.textContent?.trim() ?? ''
    if (element === null || text === '' || element.matches('title, desc, style')) continue
    const style = getComputedStyle(element)
    const [one, other] = [
      luminance(parse(element.matches('svg *') ? style.fill : style.color)),
      luminance(behind(element)),
    ]
    const contrast = (Math.max(one, other) + 0.05) / (Math.min(one, other) + 0.05)
    if (contrast < 4.5) faint.push(`${contrast.toFixed(2)}: ${text.slice(0, 60)}`)
  }
  return faint
}
