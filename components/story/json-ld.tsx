/** Data about the page, for programs: https://www.w3.org/TR/json-ld11/#embedding-json-ld-in-html-documents */
export function JsonLd({ data }: { data: object }) {
  // In a script nothing is read as markup but what could end it.
  const __html = JSON.stringify(data).replaceAll('<', '\\u003c')
  return <script type="application/ld+json" dangerouslySetInnerHTML={{ __html }} />
}
