import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { usageError } from '../../contract/errors.ts'
import { findBrowser } from '../../report/browser/find-browser.ts'
import { printPdf } from '../../report/pdf/print-pdf.ts'
import { pictureFiles } from '../../report/picture/picture-files.ts'
import { photograph } from '../../report/picture/photograph.ts'
import { summaryPicture } from '../../report/picture/summary-picture.ts'
import { publishReport } from '../../report/publish-report.ts'
import type { Environment } from '../../results/environment-schema.ts'
import type { Results } from '../../results/results-schema.ts'

/** What is wanted beyond the files of a report, and where it is told. */
export interface WantedPictures {
  readonly picture: boolean
  readonly pdf: boolean
  readonly stream: NodeJS.WritableStream
}

/**
 * Adds pictures to a report that is written already, and whose page is printed. What needs no browser comes first.
 *
 * @throws {ShakedownError} of kind `usage` where a PDF is asked for and there is no Chromium
 */
export function addPictures(
  folder: string,
  results: Results,
  environment: Environment | null,
  { picture, pdf, stream }: WantedPictures,
): void {
  if (!picture && !pdf) return
  const add = (name: string, content: string | Uint8Array): void => {
    publishReport(folder, { [name]: content })
    stream.write(`${name}: ${join(folder, name)}\n`)
  }
  const drawing = summaryPicture(results, environment)
  if (picture) add(pictureFiles.drawing, drawing)
  const browser = findBrowser(process.env)
  if (picture && browser !== null) add(pictureFiles.photograph, photograph(browser, drawing))
  if (!pdf) return
  if (browser === null) throw noBrowser()
  add(pictureFiles.paper, printPdf(browser, readFileSync(join(folder, 'index.html'), 'utf8')))
}

function noBrowser(): Error {
  return usageError(
    'NO_BROWSER',
    'a PDF needs a Chromium, and there is none on the path; install chromium or google-chrome, or give its path in CHROME_PATH. Everything else is written.',
  )
}
