import { drawIcon } from '#lib/publishing/icons.ts'

export const dynamic = 'force-static'

/** Where iOS looks without being told: https://developer.apple.com/library/archive/documentation/AppleApplications/Reference/SafariWebContent/ConfiguringWebApplications/ConfiguringWebApplications.html */
export async function GET(): Promise<Response> {
  const png = new Uint8Array(await drawIcon(180))
  return new Response(png, { headers: { 'content-type': 'image/png' } })
}
