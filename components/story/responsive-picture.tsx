import type { Picture } from '#lib/story/pictures.ts'

/**
 * Shows a picture in the formats and sizes that the build has made. Its space is reserved, so that nothing
 * moves.
 */
export function ResponsivePicture({
  picture: { src, width, height, isTransparent, sources },
  alt,
  sizes,
  className,
  lazy = false,
}: {
  picture: Picture
  alt: string
  /** How wide it is shown, as in the attribute `sizes` of `<img>`. */
  sizes: string
  className: string
  lazy?: boolean
}) {
  return (
    <picture>
      {sources.map((source) => (
        <source key={source.type} {...source} sizes={sizes} />
      ))}
      <img
        src={src}
        alt={alt}
        width={width}
        height={height}
        className={isTransparent ? `transparent ${className}` : className}
        decoding="async"
        {...(lazy ? { loading: 'lazy' } : { fetchPriority: 'high' })}
      />
    </picture>
  )
}
