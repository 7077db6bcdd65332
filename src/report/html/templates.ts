import { readFileSync, readdirSync } from 'node:fs'
import { basename, extname } from 'node:path'
import Handlebars from 'handlebars'

/** A template bound to the type of what it reads. */
export type Template<View> = (view: View) => string

const folder = new URL('./templates/', import.meta.url)

/** The style sheet, with line feeds alone: its hash must be the same wherever it was checked out. */
export function readStyles(): string {
  return [
    'report.css',
    'overview.css',
    'edition.css',
    'parts.css',
    'matrix.css',
    'heat.css',
    'measure.css',
    'trends.css',
    'stacked.css',
    'media.css',
  ]
    .map(readSource)
    .join('')
}

/** The script of the page, likewise. */
export function readScript(): string {
  return ['page.js', 'filter.js', 'wide.js'].map(readSource).join('')
}

/**
 * Compiles the page with its parts; each part is the `.hbs` file of its name.
 *
 * Strict: a name that the view does not have is an error, and never an empty place in the page.
 */
export function pageTemplate<View>(): Template<View> {
  const handlebars = Handlebars.create()
  for (const file of readdirSync(folder).filter((name) => extname(name) === '.hbs'))
    handlebars.registerPartial(basename(file, '.hbs'), readSource(file))
  return handlebars.compile<View>('{{> page}}', { strict: true, preventIndent: true })
}

function readSource(file: string): string {
  return readFileSync(new URL(file, folder), 'utf8').replaceAll('\r\n', '\n')
}
