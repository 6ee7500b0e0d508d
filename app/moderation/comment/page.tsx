import { headers } from 'next/headers'
import { v4 as newKey } from 'uuid'
import { Frame } from '#components/desk/frame.tsx'
import { Item } from '#components/desk/item.tsx'
import { idFrom, openDesk } from '#lib/desk-page.ts'
import { decodeRefusedForm, REFUSED_FORM_HEADER } from '#lib/refused-form.ts'
import words from '#messages/desk-comment.json' with { type: 'json' }

export default async function DeskCommentPage({
  searchParams,
}: {
  searchParams: Promise<Record<string, string | string[] | undefined>>
}) {
  const [query, request] = await Promise.all([searchParams, headers()])
  const id = idFrom(query.id)
  const desk = await openDesk(
    request.get('cookie'),
    async (store) => id && store.readDeskComment(id),
  )
  const refused = decodeRefusedForm(request.get(REFUSED_FORM_HEADER))
  if (desk.state !== 'open') return <Frame state={desk.state} refused={refused} />
  return (
    <Frame state="open" moderator={desk.moderator.name} refused={refused}>
      {desk.data ? (
        <Item alone item={desk.data} replyKey={newKey()} refused={refused} />
      ) : (
        <p className="mt-1.5">{words.none}</p>
      )}
    </Frame>
  )
}
