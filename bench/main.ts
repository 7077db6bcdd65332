import { writeFileSync } from 'node:fs'
import { parseArgs } from 'node:util'
import { installSimulation } from '../src/simulation/install.ts'
import { interceptSockets } from '../src/wire/transports/msw.ts'

const { values } = parseArgs({ options: { json: { type: 'string' } } })

// Before the SDK loads, as in a worker process.
interceptSockets()
installSimulation()
const { callOverSdkFloor } = await import('./call-over-sdk-floor.ts')
const { chunkOverSdkFloor } = await import('./chunk-over-sdk-floor.ts')
const { virtualOverReal } = await import('./virtual-over-real.ts')
const { indicatorsOverTrial } = await import('./indicators-over-trial.ts')
const { heapGrowth } = await import('./heap-growth.ts')

const figures = {
  ...(await callOverSdkFloor()),
  ...(await chunkOverSdkFloor()),
  ...(await virtualOverReal()),
  ...(await indicatorsOverTrial()),
  ...(await heapGrowth()),
}
for (const [name, value] of Object.entries(figures)) console.log(`${name.padEnd(22)} ${value.toFixed(2)}`)
if (values.json !== undefined) writeFileSync(values.json, `${JSON.stringify(figures, null, 2)}\n`)
