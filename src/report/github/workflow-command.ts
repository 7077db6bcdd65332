import { visibleLine, visibleText } from '../visible-text.ts'

/** Kinds of annotation. */
export type AnnotationKind = 'error' | 'warning'

/** Where an annotation is shown. */
export interface AnnotationPlace {
  /** Relative to the repository, with forward slashes. */
  readonly file?: string
  readonly line?: number
  readonly title: string
}

const escapes: Readonly<Record<string, string>> = { '%': '%25', '\r': '%0D', '\n': '%0A', ':': '%3A', ',': '%2C' }

/**
 * A command to the runner of GitHub Actions that annotates a file: always one line, and whatever the text says, no other
 * command.
 */
export function annotationCommand(kind: AnnotationKind, place: AnnotationPlace, message: string): string {
  const properties = Object.entries(place).map(([name, value]) => `${name}=${property(String(value))}`)
  return `::${kind} ${properties.join(',')}::${escaped(visibleText(message), /[%\r\n]/g)}`
}

function property(text: string): string {
  return escaped(visibleLine(text), /[%\r\n:,]/g)
}

function escaped(text: string, marks: RegExp): string {
  return text.replace(marks, (mark) => escapes[mark] ?? mark)
}
