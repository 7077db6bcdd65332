import { runBrowser } from '../browser/run-browser.ts'
import { pictureHeight, pictureWidth } from './picture-size.ts'

/**
 * A drawing as PNG, in twice its pixels, for programs that take no SVG.
 *
 * @param browser the path of a Chromium
 * @throws {ShakedownError} of kind `harness` where the browser fails
 */
export function photograph(browser: string, drawing: string): Buffer {
  return runBrowser(browser, {
    page: { name: 'summary.svg', content: drawing },
    output: 'summary.png',
    flags: (output) => [
      `--screenshot=${output}`,
      `--window-size=${pictureWidth},${pictureHeight}`,
      '--force-device-scale-factor=2',
    ],
  })
}
