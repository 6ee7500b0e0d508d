/** The body of every refusal: `code` is a stable word, `message` a sentence for the reader. */
export type ErrorBody = {
  error: {
    code: string
    message: string
    /** A sentence for each wrong field, by its name. */
    fields?: Record<string, string> | undefined
  }
}

/** Makes a refusal's body without fields. */
export function errorBody(code: string, message: string): ErrorBody {
  return { error: { code, message } }
}

/** A refusal that the client is told of: `route` answers with its status and an `ErrorBody`. */
export class RequestError extends Error {
  readonly status: number
  readonly code: string
  readonly fields: Record<string, string> | undefined
  /** Seconds until another attempt may succeed, for the header `Retry-After`. */
  readonly retryAfter: number | undefined

  constructor(
    status: number,
    code: string,
    message: string,
    { fields, retryAfter }: { fields?: Record<string, string>; retryAfter?: number } = {},
  ) {
    super(message)
    this.name = 'RequestError'
    this.status = status
    this.code = code
    this.fields = fields
    this.retryAfter = retryAfter
  }
}
