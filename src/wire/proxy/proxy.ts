import { type FaultPlan, emptyPlan } from '../../contract/fault.ts'
import { type Arm, ArmedPlan } from './armed-plan.ts'
import { type ControlServer, openControl } from './control-server.ts'
import { type ProxiedService, type ProxyListener, listenFor } from './proxy-server.ts'
import { ProxyTrace } from './proxy-trace.ts'

/** What a proxy is started with. */
export interface ProxyOptions {
  /** The services it forwards to; nothing else can be reached through it. */
  readonly services: readonly ProxiedService[]
  /** Makes what interferes with calls of a plan. */
  readonly arm: Arm
  /** Default: no fault. */
  readonly plan?: FaultPlan
  /** Seeds what a plan draws; the same seed strikes the same occurrences. */
  readonly seed: string
  readonly control: {
    /** The port of 127.0.0.1 to listen on; 0 for any that is free. */
    readonly port: number
    /** Whoever controls the proxy has to give it. */
    readonly token: string
  }
  /** Told of an error that nobody foresaw. */
  readonly onDefect?: (error: unknown) => void
}

/** A proxy that is running. */
export interface RunningProxy {
  readonly listeners: readonly ProxyListener[]
  readonly controlUrl: string
  readonly trace: ProxyTrace
  /** Ends it; calls under way have `graceMs` milliseconds. */
  close(graceMs: number): Promise<void>
}

/**
 * Starts a proxy on 127.0.0.1 that puts the faults of a plan between clients and real services, in real time.
 *
 * Each service has a port of its own, so that a client has to be told another base URL and nothing else.
 *
 * @throws {ShakedownError} of kind `usage` for a port that cannot be had, a dialect or a fault that is not known
 */
export async function startProxy(options: ProxyOptions): Promise<RunningProxy> {
  const { services, arm, plan = emptyPlan, seed, onDefect = () => {} } = options
  const trace = new ProxyTrace()
  let armed = new ArmedPlan(plan, arm, seed)
  const opened: (ProxyListener | ControlServer)[] = []
  const close = async (graceMs: number): Promise<void> => {
    await Promise.all(opened.map((one) => one.close(graceMs)))
  }
  try {
    const listeners: ProxyListener[] = []
    for (const service of services) {
      const listener = await listenFor(service, { armed: () => armed, trace, onDefect })
      listeners.push(listener)
      opened.push(listener)
    }
    const control = await openControl({
      ...options.control,
      trace,
      armed: () => armed,
      load: (loaded) => (armed = new ArmedPlan(loaded, arm, seed)),
      openConnections: () => listeners.reduce((sum, { openConnections }) => sum + openConnections, 0),
    })
    opened.push(control)
    return { listeners, controlUrl: control.url, trace, close }
  } catch (error) {
    await close(0)
    throw error
  }
}
