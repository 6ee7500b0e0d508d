import '#app/link/link.css'
import { globSync, readFileSync } from 'node:fs'
import type { Metadata } from 'next'
import { EXAMPLE_NUMBERS, renderExamples } from '#lib/i18n/message-examples.ts'
import { formatNumber, type Plural } from '#lib/i18n/messages.ts'
import { langAttributes } from '#lib/i18n/script.ts'
import {
  lintMessages,
  messageFiles,
  messageLanguages,
  readMessages,
} from '#lib/story/lint-messages.ts'

export const dynamic = 'force-dynamic'
export const metadata: Metadata = { title: 'Messages' }

/** For translators, in `npm run dev` alone: every message of a language with examples, by where it is used. */
export default async function MessagesPage({
  searchParams,
}: {
  searchParams: Promise<{ language?: string | string[] }>
}) {
  const { language: asked } = await searchParams
  const languages = messageLanguages()
  const language = languages.find((known) => known === asked) ?? 'en'
  const problems = lintMessages(language)
  return (
    <main lang="en" dir="ltr" className="links">
      <h1>Messages</h1>
      <p>
        {languages.map((known) => (
          <a key={known} href={`?language=${known}`}>
            {known}{' '}
          </a>
        ))}
      </p>
      {problems.map((problem) => (
        <p key={problem} role="note">
          {problem}
        </p>
      ))}
      {messageFiles().map((file) => (
        <section key={file} id={file}>
          <h2>
            messages/{language}/{file}
          </h2>
          <small>Used in {usersOf(file).join(', ')}</small>
          <dl>
            {Object.entries(readMessages(language, file)).map(([key, message]) => (
              <MessageExamples key={key} {...{ name: key, message, language }} />
            ))}
          </dl>
        </section>
      ))}
    </main>
  )
}

function MessageExamples({
  name,
  message,
  language,
}: {
  name: string
  message: string | Plural
  language: string
}) {
  return (
    <>
      <dt>
        <code>{name}</code>
      </dt>
      {renderExamples(message, language).map((text, index) => (
        <dd key={index} {...langAttributes(language)}>
          {typeof message !== 'string' && (
            <small>{formatNumber(EXAMPLE_NUMBERS[index % EXAMPLE_NUMBERS.length]!)}</small>
          )}
          {text}
        </dd>
      ))}
    </>
  )
}

/** Lists the modules that use a file of messages. */
function usersOf(file: string): string[] {
  return globSync('{app,components,lib}/**/*.{ts,tsx}')
    .filter((path) => readFileSync(path, 'utf8').includes(`'#messages/${file}'`))
    .sort()
}
