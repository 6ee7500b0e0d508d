/**
 * Sets HTML: the only component that does, and only with what `renderMarkdown` made and sanitised from the
 * publisher’s Markdown.
 */
export function ArticleBody({ html, className = '' }: { html: string; className?: string }) {
  return <div className={`prose ${className}`} dangerouslySetInnerHTML={{ __html: html }} />
}
