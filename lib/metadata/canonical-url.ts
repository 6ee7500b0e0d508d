import { getSettings } from '#lib/settings/settings.ts'

/**
 * Returns the origin before addresses in feeds: empty without SITE_URL, so that they are relative. A
 * request may name any host, and a cache may keep what it is answered.
 */
export function siteOrigin(): string {
  return getSettings().SITE_URL ?? ''
}

/**
 * Returns the absolute URL of a page; nothing without SITE_URL, because search engines reject a
 * relative one.
 */
export function canonicalUrl(path: `/${string}`): string | undefined {
  const { SITE_URL } = getSettings()
  return SITE_URL && SITE_URL + path
}
