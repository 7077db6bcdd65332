const entities: Readonly<Record<string, string>> = {
  ...{ '&amp;': '&', '&lt;': '<', '&gt;': '>', '&quot;': '"', '&#x27;': "'", '&#x60;': '`', '&#x3D;': '=' },
}

/** Text of a page as it is read; a reference that no rendering writes stays unknown. */
export function resolved(text: string): string {
  return text.replace(/&(?:\w+|#\w+);/g, (reference) => entities[reference] ?? `unknown ${reference}`)
}
