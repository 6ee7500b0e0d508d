/**
 * Sets HTML: the only component that does, and only with what `renderMarkdown` made and sanitised from the
 * publisher’s Markdown.
 */
export function ArticleBody({
  html,
  dir,
  className = '',
}: {
  html: string
  dir?: 'ltr' | 'rtl' | undefined
  className?: string
}) {
  return (
    <div dir={dir} className={`prose ${className}`} dangerouslySetInnerHTML={{ __html: html }} />
  )
}
