import { drawShareCard } from '#lib/publishing/share-card.ts'
import { loadContent } from '#lib/story/content.ts'
import { formatDay } from '#lib/i18n/dates.ts'
import { SITE_NAME } from '#lib/metadata/site-name.ts'
import { printError } from '#lib/terminal.ts'

/** Draws the share card of the story as PNG; warns on the console of characters that no font has. */
export async function makeStoryCard(): Promise<Buffer> {
  const { title, author, date, language } = (await loadContent()).article
  const foot = `${author} · ${formatDay(date, language)}`
  const { png, missing } = await drawShareCard(
    SITE_NAME,
    { text: title, language },
    { text: foot, language },
  )
  if (missing.length > 0)
    printError(
      `The picture for shared links leaves out ${missing.join(' ')}: no installed font has them; install one that does, for example with npm install @fontsource-variable/noto-serif-hebrew`,
    )
  return png
}
