import type { Metadata } from 'next'
import { Colophon } from '#components/colophon.tsx'
import { ErasureForm, ErasureOutcomes } from '#components/erasure-form.tsx'
import { Hydrated } from '#components/hydrated.tsx'
import { Masthead } from '#components/masthead.tsx'

export const dynamic = 'force-static'
export const metadata: Metadata = {
  title: 'Privacy',
  description: 'What this site keeps of its readers, and how long.',
}

export default function PrivacyPage() {
  return (
    <>
      <Masthead />
      <main className="mx-auto max-w-[38rem] px-1.5 pb-6">
        <h1 className="mt-3 text-[2.5rem] leading-[2.8125rem] font-bold tracking-[-0.015em]">
          Privacy
        </h1>
        <ErasureOutcomes />
        <div className="prose mt-2">
          <p>
            You can read here without being known. This page says what the site keeps when you do
            something, and for how long. Nothing of it goes to anyone else: no company counts you,
            no advertiser, no other site.
          </p>
          <h2>When you read</h2>
          <p>
            The site counts views. So that a reload does not count twice, it keeps a scrambled mark
            of your network address and browser, made with a key that is thrown away at the end of
            the day (UTC). Without the key nobody, not even the publisher, can turn the mark back
            into an address. Marks are deleted with the day. You get no cookie for reading.
          </p>
          <p>
            Your browser alone keeps marks of the passages that you saw, and when, so that it can
            show you what has changed when you come back.
          </p>
          <h2>When you vote</h2>
          <p>
            Your browser gets one cookie at your first vote or comment. It holds a number, made of
            that moment and of chance, by which your vote can be changed and is counted once; it is
            read by no other site. Your browser keeps it for 400 days or until you delete it. The
            vote is kept with that number, and with when you last changed it, as long as the story
            is here.
          </p>
          <h2>When you comment</h2>
          <p>
            The name and the words that you write are kept with the time and the cookie’s number,
            and shown to everyone. Write only what everyone may know. For 15 minutes you can edit
            what you wrote, or delete it: then its words are gone for good. Some comments wait for
            the publisher’s approval first; you see yours meanwhile. One that is refused is shown to
            you alone, for a week, and kept so that it is known again. Votes on comments and reports
            are kept with the cookie’s number. If you write without scripts, a scrambled mark as
            above is kept with the comment for a day, so that sending it twice posts it once.
          </p>
          <p>
            What you have begun to write, and the name that you write under, are kept by your
            browser alone until you send it. So are votes and comments that you make without a
            network, until they are sent or you discard them. So that you can read without a
            network, your browser keeps a copy of the story from your first visit. How you want the
            pages to look and where you have left the story are kept by your browser alone, too.
            Only voices on your own machine read aloud.
          </p>
          <h2>Against abuse</h2>
          <p>
            So that nobody votes or writes a thousand times, the site counts what a reader and what
            a network does within an hour. It knows the network by a scrambled mark of the address
            as above, which is deleted within two days. Before you send a comment your browser does
            a second of arithmetic, which costs you nothing and a machine that sends thousands a
            lot.
          </p>
          <p>
            With a comment, another mark of your network, made with a key of this site’s own, is
            kept for a day, so that the publisher can keep a network that does harm from writing for
            a time, 30 days at most. The mark of one that is banned, or the number in your cookie if
            it is you, is kept until the ban ends or you erase what is yours.
          </p>
          <h2>What is never kept</h2>
          <p>
            Your network address, the name of your browser, your e-mail address, and where you came
            from are in no file and no log of this site.
          </p>
          <h2>When you want it gone</h2>
          <p>
            You can erase all that you have given, from the browser that you gave it with: the
            cookie says what is yours. Votes leave the totals; comments lose name and words, and
            where others have answered an empty place stays. What is left of you is a scrambled mark
            of the cookie’s number, by which an older copy of the data is erased again if it ever
            has to be used. Your browser forgets what it has kept, too, and what still waits to be
            sent. Without the cookie, ask the publisher, who can do the same.
          </p>
        </div>
        <ErasureForm />
        <p className="mt-2">
          <a href="/">Back to the story</a>
        </p>
      </main>
      <Colophon />
      <Hydrated />
    </>
  )
}
