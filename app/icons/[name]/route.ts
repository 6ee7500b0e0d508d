import { drawIcon, drawMaskableIcon } from '#lib/publishing/icons.ts'

export const dynamic = 'force-static'
export const dynamicParams = false

/** As `app/manifest.ts` names them. */
const ICONS: Record<string, () => Promise<Buffer>> = {
  '192.png': () => drawIcon(192),
  '512.png': () => drawIcon(512),
  'maskable.png': () => drawMaskableIcon(512),
}

export function generateStaticParams() {
  return Object.keys(ICONS).map((name) => ({ name }))
}

export async function GET(
  _: Request,
  { params }: { params: Promise<{ name: string }> },
): Promise<Response> {
  const draw = ICONS[(await params).name]!
  const png = new Uint8Array(await draw())
  return new Response(png, { headers: { 'content-type': 'image/png' } })
}
