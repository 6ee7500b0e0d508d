import { headers } from 'next/headers'
import { Frame } from '#components/desk/frame.tsx'
import { formatMoment } from '#lib/dates.ts'
import { openDesk } from '#lib/desk-page.ts'
import { decodeRefusedForm, REFUSED_FORM_HEADER } from '#lib/refused-form.ts'

export default async function BansPage() {
  const request = await headers()
  const desk = await openDesk(request.get('cookie'), (store) => store.readBans())
  const refused = decodeRefusedForm(request.get(REFUSED_FORM_HEADER))
  if (desk.state !== 'open') return <Frame state={desk.state} refused={refused} />
  return (
    <Frame state="open" at="bans" moderator={desk.moderator.name} refused={refused}>
      <h2 className="mt-1.5 text-[1.3125rem] font-bold">
        {desk.data.length === 0 ? 'Nobody is banned.' : 'Who may not vote or write'}
      </h2>
      <p className="small-print mt-[0.46875rem]">A ban is made beside a comment.</p>
      <ul className="mt-1">
        {desk.data.map((ban) => (
          <li
            key={ban.id}
            className="flex flex-wrap items-center gap-x-1 border-t border-rule py-[0.46875rem] font-sans text-base first:border-t-0"
          >
            <p className="grow wrap-anywhere">
              The {ban.kind} of{' '}
              <a href={`/moderation/comment?id=${ban.comment}`}>
                <bdi>{ban.name || 'a deleted comment'}</bdi>
              </a>{' '}
              until {formatMoment(ban.expires, 'en')}
              <br />
              <span className="small-print">
                by <bdi>{ban.moderator}</bdi>, {formatMoment(ban.createdAt, 'en')}
              </span>
            </p>
            <form method="post" action="/api/moderation/bans">
              <input type="hidden" name="ban" value={ban.id} />
              <button name="act" value="unban" className="press">
                Lift
              </button>
            </form>
          </li>
        ))}
      </ul>
    </Frame>
  )
}
