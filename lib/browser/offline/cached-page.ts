/**
 * The beginning of the element with which `lib/publishing/prerendered-page.ts` ends a page; no story can contain
 * this text.
 */
const LOADER = '<script data-src='

/**
 * Marks a page as a cached copy with its time, for the notice of the network, and has the loader load at once
 * what shows that.
 *
 * @param at when the server gave the page, in UTC milliseconds
 */
export function markCachedPage(html: string, at: number): string {
  return html.replace(LOADER, `<script data-now="1" data-kept="${at}" data-src=`)
}
