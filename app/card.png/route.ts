import { makeStoryCard } from '#lib/publishing/story-card.ts'

export const dynamic = 'force-static'

export async function GET(): Promise<Response> {
  const png = new Uint8Array(await makeStoryCard())
  return new Response(png, { headers: { 'content-type': 'image/png' } })
}
