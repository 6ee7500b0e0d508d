/**
 * By the system's sheet, else by copying the address, else by mail.
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
    // Who closes the sheet has thought better of it; a page may have one and not be let to open it.
    if (!failure || failure === 'AbortError') return false
  }
  if (await copyToClipboard(url)) return true
  const field = encodeURIComponent
  location.href = `mailto:?subject=${field(title)}&body=${field(url)}`
  return false
}

/** Whether it could be copied: a browser may not want to, nor without https. */
export async function copyToClipboard(text: string): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(text)
    return true
  } catch {
    return false
  }
}
