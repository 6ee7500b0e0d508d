import type { Article } from '#lib/content.ts'

/** A list of titles and addresses under a heading; nothing when it is empty. */
export function References({ heading, list }: { heading: string; list: Article['sources'] }) {
  if (list.length === 0) return null
  return (
    <section className="mt-2 border-t border-rule pt-1">
      <h2 className="font-bold small-caps">{heading}</h2>
      <ul className="mt-0.5 space-y-0.5 text-base">
        {list.map(({ title, address }) => (
          <li key={address}>
            <a href={address}>{title}</a>
          </li>
        ))}
      </ul>
    </section>
  )
}
