/**
 * Replaces ordinary spaces before `; : ! ?` and inside « » in French by no-break spaces, so that no line
 * ends there; a text in another language is returned as it is. Which of them are narrow is from the Lexique des
 * règles typographiques en usage à l’Imprimerie nationale (ISBN 978-2-7433-0482-9).
 */
export function setFrenchSpaces(text: string, language: string): string {
  if (new Intl.Locale(language).language !== 'fr') return text
  return text
    .replace(/(?<![ \n])[ \n]+(?=[;!?])/g, '\u202f')
    .replace(/(?<![ \n])[ \n]+(?=[:»])|(?<=«)[ \n]+/g, '\u00a0')
}
