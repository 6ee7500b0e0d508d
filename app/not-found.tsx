import { Deferred } from '#components/site/deferred.tsx'
import { Island } from '#components/site/island.tsx'
import { Masthead } from '#components/site/masthead.tsx'
import { Message } from '#components/ui/message.tsx'
import messages from '#messages/not-found.json' with { type: 'json' }

export const metadata = { title: messages.title }

export default function NotFound() {
  return (
    <>
      <Masthead />
      <main className="sheet py-3">
        <div className="column">
          <h1>{messages.heading}</h1>
          <p className="mt-2">
            <Message
              text={messages.ways}
              story={<a href="/">{messages.story}</a>}
              comments={<a href="/comments">{messages.comments}</a>}
            />
          </p>
        </div>
      </main>
      <Island name="deferred" of={Deferred} props={{}} />
    </>
  )
}
