import pino from 'pino'

/** One JSON object a line on standard output; never an address or a reader's text. */
export const log = pino({ base: null })
