import { ModerationLayout } from '#components/moderation/moderation-layout.tsx'
import { LogEntry } from '#components/moderation/log-entry.tsx'
import type { ModerationLog, ModerationPage } from '#lib/moderation/moderation-pages.ts'
import messages from '#messages/desk-log.json' with { type: 'json' }

/** Shows what moderators did, the newest first. */
export function LogPage(page: ModerationPage<ModerationLog>) {
  return (
    <ModerationLayout at="log" page={page}>
      {({ entries, next, isPart }) => (
        <>
          <h2 className="mt-1.5 text-heading font-bold">{messages.heading}</h2>
          {entries.length === 0 && <p className="mt-1">{messages.nothing}</p>}
          <ol className="mt-1">
            {entries.map((act) => (
              <LogEntry key={act.id} act={act} />
            ))}
          </ol>
          <p className="mt-1.5 flex flex-wrap gap-x-1.5">
            {isPart && (
              <a href="/moderation/log" className="reach">
                {messages.newest}
              </a>
            )}
            {next && (
              <a href={`/moderation/log?before=${next}`} className="reach">
                {messages.older}
              </a>
            )}
          </p>
        </>
      )}
    </ModerationLayout>
  )
}
