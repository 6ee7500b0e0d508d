import type { Article } from '#lib/content.ts'

export function ArticleImage({ image }: { image: NonNullable<Article['image']> }) {
  return (
    <figure className="mx-auto mt-3 max-w-[62rem]">
      {/* The shape is reserved, so nothing moves when the picture arrives. */}
      {/* eslint-disable-next-line @next/next/no-img-element -- served as it is from public/ */}
      <img src={image.src} alt={image.alt} className="aspect-3/2 w-full object-cover" />
      <figcaption className="mt-0.5 font-sans text-sm text-soft">
        {image.caption} {image.credit && <span className="small-caps">{image.credit}</span>}
      </figcaption>
    </figure>
  )
}
