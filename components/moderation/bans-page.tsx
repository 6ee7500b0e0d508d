import { ModerationLayout } from '#components/moderation/moderation-layout.tsx'
import { Message } from '#components/ui/message.tsx'
import { formatMoment } from '#lib/i18n/dates.ts'
import { uiLanguage } from '#lib/i18n/messages.ts'
import type { BanList, ModerationPage } from '#lib/moderation/moderation-pages.ts'
import messages from '#messages/desk-bans.json' with { type: 'json' }

/** The messages for bans whose comment has no name any more. */
const UNNAMED = { reader: 'readerUnnamed', network: 'networkUnnamed' } as const

/** Shows the bans that have not ended. */
export function BansPage(page: ModerationPage<BanList>) {
  return (
    <ModerationLayout at="bans" page={page}>
      {(bans) => (
        <>
          <h2 className="mt-1.5 text-heading font-bold">
            {bans.length === 0 ? messages.nobody : messages.heading}
          </h2>
          <p className="small-print mt-0.5">{messages.where}</p>
          <ul className="mt-1">
            {bans.map((ban) => (
              <li
                key={ban.id}
                className="flex flex-wrap items-center gap-x-1 border-t border-rule py-0.5 font-sans text-base first:border-t-0"
              >
                <p className="grow wrap-anywhere">
                  <Message
                    text={messages[ban.name ? ban.kind : UNNAMED[ban.kind]]}
                    name={
                      <a href={`/moderation/comment?id=${ban.comment}`}>
                        <bdi>{ban.name}</bdi>
                      </a>
                    }
                    moment={formatMoment(ban.expires, uiLanguage)}
                  />
                  <br />
                  <span className="small-print">
                    <Message
                      text={messages.by}
                      moderator={<bdi>{ban.moderator}</bdi>}
                      moment={formatMoment(ban.createdAt, uiLanguage)}
                    />
                  </span>
                </p>
                <form method="post" action="/api/moderation/bans">
                  <input type="hidden" name="ban" value={ban.id} />
                  <button name="act" value="unban" className="press">
                    {messages.lift}
                  </button>
                </form>
              </li>
            ))}
          </ul>
        </>
      )}
    </ModerationLayout>
  )
}
