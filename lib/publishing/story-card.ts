import { drawShareCard, findMissing } from '#lib/publishing/share-card.ts'
import { type Article, loadContent } from '#lib/story/content.ts'
import { pictureFile } from '#lib/story/picture-files.ts'
import { formatDay } from '#lib/i18n/dates.ts'
import { SITE_NAME } from '#lib/metadata/site-name.ts'

/** Draws the share card of the story as PNG. */
export async function makeStoryCard(): Promise<Buffer> {
  const { article } = await loadContent()
  const { title, language, image } = article
  const pictures = [...(image ? [image.src] : []), '/icon.svg'].map((src) => pictureFile(src))
  return drawShareCard(
    SITE_NAME,
    { text: title, language },
    { text: footOf(article), language },
    pictures,
  )
}

/** Fonts that npm has for scripts of which none is installed here. */
const FONTS: [script: RegExp, font: string][] = [
  [/\p{Script=Hebrew}/u, 'noto-serif-hebrew'],
  [/\p{Script=Devanagari}/u, 'noto-serif-devanagari'],
  [/\p{Script=Bengali}/u, 'noto-serif-bengali'],
  [/\p{Script=Tamil}/u, 'noto-serif-tamil'],
  [/\p{Script=Thai}/u, 'noto-serif-thai'],
  [/\p{Script=Hangul}/u, 'noto-serif-kr'],
  [/[\p{Script=Hiragana}\p{Script=Katakana}]/u, 'noto-serif-jp'],
]

/**
 * Checks that the share card can show what it should.
 *
 * @returns warnings, each beginning with a location such as `content/article.md:2`
 */
export async function lintStoryCard(): Promise<string[]> {
  const { article, files } = await loadContent()
  const at = files.article.locateField(['title'])
  const [all, title] = await Promise.all([
    findMissing(`${SITE_NAME}${article.title}${footOf(article)}`),
    findMissing(article.title),
  ])
  if (all.missing.length === 0) return []
  const signs = all.missing.join(' ')
  const font = FONTS.find(([script]) => script.test(signs))?.[1]
  const remedy = font
    ? `npm install @fontsource-variable/${font}`
    : 'install a package of @fontsource-variable that has them, or leave them out'
  const instead = article.image ? 'its picture' : 'the site’s name'
  return [
    title.isShown
      ? `${at}: the picture for shared links leaves out ${signs}, because no installed font has them; ${remedy}`
      : `${at}: the picture for shared links shows ${instead} in place of the title, because no installed font has ${signs}; ${remedy}`,
  ]
}

function footOf({ author, date, language }: Article): string {
  return `${author} · ${formatDay(date, language)}`
}
