/**
 * Prints a line, or several, on standard output: the one way for a command to say something.
 *
 * @param sign of the command's own, in colour, to stand before it
 */
export function print(text: string, sign = ''): void {
  console.log(sign + printable(text))
}

/** Prints a line, or several, on standard error. */
export function printError(text: string): void {
  console.error(printable(text))
}

/** Replaces control characters, which a terminal would obey, but for line ends. */
export function printable(text: string): string {
  return text.replace(/(?!\n)[\p{Cc}\p{Bidi_Control}]/gu, '\ufffd')
}

/** Replaces line ends too: a name, an id or a path stays in the line that tells of it. */
export function inLine(text: string): string {
  return printable(text.replaceAll('\n', '\ufffd'))
}

/** Prints the stack of an error that nothing catches, without the line of source that Node would print. */
export function printUncaughtErrors(): void {
  process.on('uncaughtException', (error) => {
    printError(String(error.stack ?? error))
    process.exit(1)
  })
}
