import { Masthead } from '#components/masthead.tsx'

export const metadata = { title: 'Nothing here' }

export default function NotFound() {
  return (
    <>
      <Masthead />
      <main className="mx-auto max-w-[38rem] px-1.5 py-6 text-center">
        <h1 className="text-[2.5rem] leading-[2.8125rem] font-bold text-balance">
          There is nothing at this address
        </h1>
        <p className="mt-2">
          <a href="/">Read the story</a> or <a href="/comments">its comments</a>.
        </p>
      </main>
    </>
  )
}
