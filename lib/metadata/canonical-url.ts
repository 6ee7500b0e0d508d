import { getSettings } from '#lib/settings/settings.ts'

/**
 * Returns the absolute URL of a page; nothing without SITE_URL, because search engines reject a
 * relative one.
 */
export function canonicalUrl(path: `/${string}`): string | undefined {
  const { SITE_URL } = getSettings()
  return SITE_URL && SITE_URL + path
}
