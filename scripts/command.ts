import { existsSync } from 'node:fs'
import { logToStandardError } from '#lib/logging/log.ts'
import { print, printError } from '#lib/terminal.ts'

/** Thrown for wrong arguments; its message is printed with the usage. */
export class UsageError extends Error {}

/**
 * Runs a command of package.json with its arguments. An error is printed as a sentence, and the exit
 * code is 1; `--help` prints the usage.
 */
export async function runCommand(
  usage: string,
  run: (args: string[]) => Promise<void>,
): Promise<void> {
  const args = process.argv.slice(2)
  if (args.includes('--help') || args.includes('-h')) return print(usage)
  if (existsSync('.env')) process.loadEnvFile()
  logToStandardError()
  try {
    await run(args)
  } catch (error) {
    printError(sentenceOf(error as NodeJS.ErrnoException))
    if (error instanceof UsageError || isArgument(error)) printError(`\n${usage}`)
    process.exitCode = 1
  } finally {
    // Imported late: it needs messages that `npm run check` puts in place.
    const { closeStore } = await import('#lib/store/index.ts')
    await closeStore()
  }
}

const FILE_ERRORS: Record<string, string> = {
  EACCES: 'you do not have permission to read or write this',
  EISDIR: 'this is a folder, not a file',
  ENOENT: 'no such file or folder',
  ENOSPC: 'the disk is full',
  ENOTDIR: 'part of this path is a file, not a folder',
  EROFS: 'this is on a read-only disk',
}

function sentenceOf({ code = '', path, message }: NodeJS.ErrnoException): string {
  const trouble = FILE_ERRORS[code]
  return trouble && path ? `${path}: ${trouble}` : message
}

/** Returns whether an error is from `parseArgs`. */
function isArgument(error: unknown): boolean {
  return String((error as NodeJS.ErrnoException).code).startsWith('ERR_PARSE_ARGS')
}
