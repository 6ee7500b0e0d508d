/** A terminal obeys control characters; of these only line ends come through. */
export function printable(text: string): string {
  return text.replace(/(?!\n)[\p{Cc}\p{Bidi_Control}]/gu, '\ufffd')
}
