/**
 * Shares the story: with the system’s dialog, else by copying the address, else by mail.
 *
 * @returns whether the address was copied
 */
export async function shareStory(): Promise<boolean> {
  const url = location.origin + location.pathname
  const { title } = document
  if ('share' in navigator) {
    const failure = await navigator.share({ title, url }).then(
      () => undefined,
      (error: Error) => error.name,
    )
    // A reader who closes the dialog does not want to share. Any other error: it cannot be opened here.
    if (!failure || failure === 'AbortError') return false
  }
  if (await copyToClipboard(url)) return true
  const field = encodeURIComponent
  location.href = `mailto:?subject=${field(title)}&body=${field(url)}`
  return false
}

/**
 * Copies a text.
 *
 * @returns whether it could: browsers may refuse, and do without https
 */
export async function copyToClipboard(text: string): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(text)
    return true
  } catch {
    return false
  }
}
