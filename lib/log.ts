import pino from 'pino'

/**
 * One JSON object a line on standard output; never an address or a reader's text, which a
 * database puts into the details of its errors.
 */
export const log = pino({
  base: null,
  serializers: {
    err: ({ name, message, code, stack }: NodeJS.ErrnoException) => ({
      name,
      message,
      code,
      stack,
    }),
  },
})
