/** Begins the element that `lib/publishing/prerendered-page.ts` ends a page with; no story can have this text. */
const LOADER = '<script data-src='

/**
 * Gives a page the time of its copy, in UTC milliseconds, for the notice of the network, and has the loader
 * load at once what shows that.
 */
export function markCachedPage(html: string, at: number): string {
  return html.replace(LOADER, `<script data-now="1" data-kept="${at}" data-src=`)
}
