import { drawFavicon } from '#lib/publishing/icons.ts'

export const dynamic = 'force-static'

/** Where feed readers and crawlers look without being told. */
export async function GET(): Promise<Response> {
  const icon = new Uint8Array(await drawFavicon())
  return new Response(icon, { headers: { 'content-type': 'image/x-icon' } })
}
