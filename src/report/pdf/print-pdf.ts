import { runBrowser } from '../browser/run-browser.ts'

/**
 * Prints the page of a report: tagged, so that it is read aloud in its order, with an outline of its headings, and without
 * the date of printing, so that the same page and browser give the same bytes.
 *
 * @param browser the path of a Chromium
 * @throws {ShakedownError} of kind `harness` where the browser fails
 */
export function printPdf(browser: string, html: string): Buffer {
  return undated(
    runBrowser(browser, {
      page: { name: 'report.html', content: html },
      output: 'report.pdf',
      flags: (output) => [
        `--print-to-pdf=${output}`,
        ...['--no-pdf-header-footer', '--export-tagged-pdf', '--generate-pdf-document-outline'],
      ],
    }),
  )
}

/** Blanks out the dates of the file in their place, because every other byte is found by its position. */
function undated(pdf: Buffer): Buffer {
  const text = pdf.toString('latin1')
  return Buffer.from(
    text.replace(/\/(?:CreationDate|ModDate) \(D:[^)]*\)/g, (date) => ' '.repeat(date.length)),
    'latin1',
  )
}
