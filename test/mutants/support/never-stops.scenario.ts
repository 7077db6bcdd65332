import { mutant } from '../mutant.ts'

/** Goes on for as long as the model asks for tools. */
export default mutant('never stops', { stepLimit: () => false })
