/**
 * A sentence for whoever runs the service: what is wrong with the database and what to do about it.
 * Unlike other errors its message is made to be shown, so it never quotes an address, a password or a row.
 */
export class DatabaseProblem extends Error {
  constructor(
    readonly code: string,
    message: string,
    options?: { cause?: unknown },
  ) {
    super(message, options)
    this.name = 'DatabaseProblem'
  }
}
