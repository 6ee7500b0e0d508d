import { ResponsivePicture } from '#components/story/responsive-picture.tsx'
import type { Article } from '#lib/story/content.ts'
import { type Picture, SHEET_SIZES } from '#lib/story/pictures.ts'

/** Shows the picture above the story, with caption and credit. */
export function ArticleImage({
  image: { alt, caption, credit },
  picture,
}: {
  image: NonNullable<Article['image']>
  picture: Picture
}) {
  return (
    <figure className="pt-3">
      <ResponsivePicture
        picture={picture}
        alt={alt}
        sizes={SHEET_SIZES}
        className="h-auto max-h-[90svh] w-full object-cover"
      />
      {(caption || credit) && (
        <figcaption className="mt-0.5 font-sans text-sm text-soft">
          {caption} {credit && <bdi className="small-caps">{credit}</bdi>}
        </figcaption>
      )}
    </figure>
  )
}
