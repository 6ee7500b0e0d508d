/**
 * Embeds data about the page for search engines:
 * https://www.w3.org/TR/json-ld11/#embedding-json-ld-in-html-documents
 */
export function JsonLd({ data }: { data: object }) {
  // In a script only `<` can begin markup: `</script>` would end it.
  const __html = JSON.stringify(data).replaceAll('<', '\\u003c')
  return <script type="application/ld+json" dangerouslySetInnerHTML={{ __html }} />
}
