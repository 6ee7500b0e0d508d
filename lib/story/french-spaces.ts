/**
 * Makes no-break spaces of the ordinary ones that French sets before `; : ! ?` and inside of « », so that
 * no line ends there; in other languages the text stays as it is. They are as wide as in the Lexique des
 * règles typographiques en usage à l’Imprimerie nationale (ISBN 978-2-7433-0482-9).
 */
export function setFrenchSpaces(text: string, language: string): string {
  if (new Intl.Locale(language).language !== 'fr') return text
  return text
    .replace(/[ \n]+(?=[;!?])/g, '\u202f')
    .replace(/[ \n]+(?=[:»])|(?<=«)[ \n]+/g, '\u00a0')
}
