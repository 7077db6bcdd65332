import { type Check, checking } from '../../results/doctor/check.ts'

/** Whether this Node runs trials. */
export function checkNode(version: string, environment: string | undefined): Check[] {
  const check = checking('Node', version)
  const [major = 0, minor = 0] = version.replace(/^v/, '').split('.').map(Number)
  const isSupported = major >= 24 || (major === 22 && minor >= 20)
  return [
    isSupported
      ? check.ok('it is supported')
      : check.problem(
          'it is too old, or a line that is not supported',
          'install Node 22.20 or newer in its line, or 24',
        ),
    ...(environment === 'production'
      ? [
          checking('NODE_ENV', environment).problem(
            'no trial runs in production, because it replaces the clock and the network of its process',
            'unset NODE_ENV, or give `shakedown run --allow-production`',
          ),
        ]
      : []),
  ]
}
