/** Schemes of addresses that a link of the story may have; an address without one is of this site. */
export const LINK_SCHEMES = ['geo', 'http', 'https', 'irc', 'ircs', 'mailto', 'sms', 'tel', 'xmpp']

/** Returns the scheme of an address in small letters; nothing where it has none. */
export function schemeOf(address: string): string | undefined {
  return /^([^/?#:]*):/.exec(address)?.[1]?.trim().toLowerCase()
}
