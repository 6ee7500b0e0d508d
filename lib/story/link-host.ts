/**
 * Returns the host of a web address without `www.`, which print shows behind a link: what follows it is too
 * long for paper. Returns nothing for addresses of the site itself and of other schemes.
 *
 * @param text of the link; where it holds the host, nothing is returned either
 */
export function linkHost(address: string, text: string): string | undefined {
  const url = URL.parse(address)
  if (!url || !/^https?:$/.test(url.protocol)) return
  const host = url.host.replace(/^www\./, '')
  return text.includes(host) ? undefined : host
}
