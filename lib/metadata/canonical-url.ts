import { getSettings } from '#lib/settings/settings.ts'

/** The whole address of a page; none where SITE_URL is not known: half of one is a mistake to searches. */
export function canonicalAddress(path: `/${string}`): string | undefined {
  const { SITE_URL } = getSettings()
  return SITE_URL && SITE_URL + path
}
