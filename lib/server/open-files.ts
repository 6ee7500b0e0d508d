import { readdirSync, readFileSync } from 'node:fs'

/**
 * Reads how many files and connections this process may have open. Node has raised it at its start as far
 * as the system lets it. Infinite where the system has no limit, or none that can be read (macOS, Windows).
 */
export function openFileLimit(): number {
  try {
    const [, limit] =
      readFileSync('/proc/self/limits', 'utf8').match(/^Max open files +(\d+)/m) ?? []
    return limit === undefined ? Infinity : Number(limit)
  } catch {
    return Infinity
  }
}

/** Counts the files and connections that this process has open; 0 where that cannot be read. */
export function countOpenFiles(): number {
  try {
    return readdirSync('/proc/self/fd').length
  } catch {
    return 0
  }
}
