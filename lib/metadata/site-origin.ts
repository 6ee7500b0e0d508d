/**
 * The site's origin in pages that the build makes, which does not know where they will be served:
 * the server puts SITE_URL in its place. No name ends in `.invalid` (https://www.rfc-editor.org/rfc/rfc2606).
 */
export const PLACEHOLDER_ORIGIN = 'https://site-url.broadside.invalid'

const TAG = /<(?:link|meta)\b[^<>]*>/g
/** Tags that say more about a picture, such as its width: they mean nothing without its address. */
const ABOUT_PICTURE = /="(?:og|twitter):image:/

/**
 * Puts the site's origin into a page that the build made. Without one, tags that need a whole address
 * are left out, and addresses in structured data are relative.
 */
export function insertOrigin(html: string, origin: string | undefined): string {
  const page =
    origin === undefined
      ? html.replace(TAG, (tag) =>
          tag.includes(PLACEHOLDER_ORIGIN) || ABOUT_PICTURE.test(tag) ? '' : tag,
        )
      : html
  return page.replaceAll(PLACEHOLDER_ORIGIN, origin ?? '')
}
