/**
 * Something a person or an operator can be told about. `code` is a key of the locales (`meetings.error.past`);
 * `params` fill its placeholders. Codes are logged, so they and their parameters never carry names, tokens or texts.
 */
export class AppError extends Error {
  constructor(
    readonly code: string,
    readonly params: Readonly<Record<string, string | number>> = {},
    options?: { cause?: unknown },
  ) {
    super(code, options)
    this.name = 'AppError'
  }
}
