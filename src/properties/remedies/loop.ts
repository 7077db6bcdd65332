/** What usually breaks the properties of loop, approval and effects, and what to change; by name. */
export const loopRemedies: Readonly<Record<string, string>> = {
  'loop.termination':
    'Usually a call without a timeout, or a loop without a limit: give every call a timeout and the task a deadline, and count every model reply.',
  'loop.one-stop':
    'Usually an error that nobody catches: catch at the outermost level of the loop, and return an outcome with a declared stop reason.',
  'loop.truthful-stop':
    'Usually one stop reason for several exits: set it where the loop is left, from what was last seen there.',
  'loop.call-result':
    'Usually a tool that failed, or a history that was cut, leaves a call without its result: add a result for each call, an error included, and cut both together.',
  'loop.step-retry':
    'Usually a step is repeated from its start, its tools included: keep the results of completed calls, and repeat the model request alone.',
  'loop.cancellation':
    'Usually the abort signal reaches only some calls and waits: pass one signal to all of them, and check it before each next step.',
  'approval.gate':
    'Usually the tool runs before the answer is read, or any answer counts as a yes: run it only after "approved" for these very arguments.',
  'effects.at-most-once':
    'Usually a call of unknown end is repeated: look up first whether its effect happened, or ask a person; send one key with all attempts where the service honours keys.',
  'effects.claim-truth':
    'Usually the outcome lists what was asked for: list what was answered with success, and nothing else.',
}
