/** Of the element that `lib/documents.ts` ends a page with; its text cannot stand in a story. */
const LOADER = '<script data-src='

/**
 * A page with the time of its copy, in UTC milliseconds, where `lib/loader.ts` and the notice of the
 * network look for it.
 */
export function markKept(html: string, at: number): string {
  return html.replace(LOADER, `<script data-kept="${at}" data-src=`)
}
