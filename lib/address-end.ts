/**
 * Matches punctuation that ends an address which stands bare in a text, as in `原文：https://example.com/a。` That
 * is all but ASCII, which has rules of its own in GitHub's Markdown, and dashes and dots that stand in names; and all
 * full-width signs.
 */
export const ADDRESS_END =
  /(?![\0-\x7f·・･‧])(?:(?![\p{Pd}\p{Pc}])\p{P}|[—―]|(?=[\p{P}\p{S}])[\u3000-\u303f\uff00-\uff60\uffe0-\uffee])/u

/** Matches a letter of a script without spaces, behind which `www.` may begin an address. */
export const UNSPACED_LETTER = /[\p{scx=Han}\p{scx=Hira}\p{scx=Kana}]/u
