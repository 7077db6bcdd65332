// Imported first, so that everything a test loads after it captures what is already replaced.
import { installSimulation } from '../../src/simulation/install.ts'
import { interceptSockets } from '../../src/wire/transports/msw.ts'

interceptSockets()
installSimulation()
