import { headers } from 'next/headers'
import { Frame } from '#components/desk/frame.tsx'
import { LogLine } from '#components/desk/log-line.tsx'
import { idFrom, openDesk } from '#lib/desk-page.ts'
import { decodeRefusedForm, REFUSED_FORM_HEADER } from '#lib/refused-form.ts'
import words from '#messages/desk-log.json' with { type: 'json' }

export default async function LogPage({
  searchParams,
}: {
  searchParams: Promise<Record<string, string | string[] | undefined>>
}) {
  const [query, request] = await Promise.all([searchParams, headers()])
  const before = idFrom(query.before)
  const desk = await openDesk(request.get('cookie'), (store) => store.readActs(before))
  const refused = decodeRefusedForm(request.get(REFUSED_FORM_HEADER))
  if (desk.state !== 'open') return <Frame state={desk.state} refused={refused} />
  const { acts, next } = desk.data
  return (
    <Frame state="open" at="log" moderator={desk.moderator.name} refused={refused}>
      <h2 className="mt-1.5 text-[1.3125rem] font-bold">{words.heading}</h2>
      {acts.length === 0 && <p className="mt-1">{words.nothing}</p>}
      <ol className="mt-1">
        {acts.map((act) => (
          <LogLine key={act.id} act={act} />
        ))}
      </ol>
      <p className="mt-1.5 flex flex-wrap gap-x-1.5">
        {before && (
          <a href="/moderation/log" className="reach">
            {words.newest}
          </a>
        )}
        {next && (
          <a href={`/moderation/log?before=${next}`} className="reach">
            {words.older}
          </a>
        )}
      </p>
    </Frame>
  )
}
