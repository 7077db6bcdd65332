// Whether the statistics keep what they promise: every claim, where it was looked at and what was found. The last line has
// all figures; the exit code is 1 when one is off. `--short` for a second or two, `--seed TEXT` for other random numbers.
import process from 'node:process'
import { parseArgs } from 'node:util'
import { claims, full, short } from './calibration/claims.ts'

const say = (line: string): unknown => process.stdout.write(`${line}\n`)

const { values } = parseArgs({ options: { seed: { type: 'string', default: '1' }, short: { type: 'boolean' } } })

say(`Seed ${values.seed}${values.short === true ? ', short' : ''}`)
const found = Object.values(claims(values.short === true ? short : full, values.seed)).map((look) => {
  const startMs = performance.now()
  const claim = look()
  const seconds = ((performance.now() - startMs) / 1_000).toFixed(1)
  say(`${claim.isHeld ? 'holds' : 'OFF  '}  ${claim.promise}: ${claim.figures}`)
  say(`       ${claim.grid}; ${seconds} s`)
  return claim
})
const off = found.filter(({ isHeld }) => !isHeld)
process.exitCode = off.length > 0 ? 1 : 0
const verdict = off.length === 0 ? 'all hold' : `${off.length} of ${found.length} are off`
say(`calibration: ${found.map(({ figures }) => figures).join('; ')}; ${verdict}`)
