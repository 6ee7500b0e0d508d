/** Milliseconds within which every request is answered, even when the database hangs. */
export const REQUEST_DEADLINE = 10_000

/** The error of work that did not end in time. */
class DeadlineError extends Error {
  readonly code = 'ETIMEDOUT'
}

/**
 * Waits for work for a limited time. The work itself goes on, and its later failure is ignored.
 *
 * @throws {DeadlineError} after so many milliseconds
 */
export function within<Result>(milliseconds: number, work: Promise<Result>): Promise<Result> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(
      () => reject(new DeadlineError(`No answer came within ${milliseconds / 1_000} s`)),
      milliseconds,
    )
    work.then(resolve, reject).finally(() => clearTimeout(timer))
  })
}
