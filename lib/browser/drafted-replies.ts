/** The ids of comments to which a reply was begun (`lib/browser/drafts.ts`), with spaces between. */
export function draftedReplies(): string {
  try {
    return Object.keys(localStorage)
      .flatMap((key) => key.match(/^draft-reply-(.*)/)?.[1] ?? [])
      .join(' ')
  } catch {
    return ''
  }
}
