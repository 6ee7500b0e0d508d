/** Reads from localStorage; null where there is nothing, or where the browser denies access. */
export function readLocalStorage(key: string): string | null {
  try {
    return localStorage.getItem(key)
  } catch {
    return null
  }
}

/**
 * Writes to localStorage, or deletes where the value is undefined. It does nothing where the browser denies
 * access or has no space.
 */
export function writeLocalStorage(key: string, value: string | undefined): void {
  try {
    if (value === undefined) localStorage.removeItem(key)
    else localStorage.setItem(key, value)
  } catch {}
}
