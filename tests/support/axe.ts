import AxeBuilder from '@axe-core/playwright'
import { expect, type Page } from '@playwright/test'

/** The rules of axe whose outcome colours decide. */
const OF_COLOURS = ['color-contrast', 'link-in-text-block']

/** No rule of axe is broken in the light, and none that colours decide in the dark. */
export async function expectAccessibleInLightAndDark(page: Page, state: string): Promise<void> {
  await page.emulateMedia({ colorScheme: 'light' })
  await expectAccessible(page, `${state}, light`)
  await page.emulateMedia({ colorScheme: 'dark' })
  await expectAccessible(page, `${state}, dark`, makeAxe(page).withRules(OF_COLOURS))
}

/** No rule of axe is broken as the page stands, or none of those that are given. */
export async function expectAccessible(
  page: Page,
  state = page.url(),
  axe = makeAxe(page),
): Promise<void> {
  const { violations } = await axe.analyze()
  expect(
    violations.map(({ id, nodes }) => [id, nodes.map(({ html }) => html)]),
    state,
  ).toEqual([])
}

/** In one page: axe would open a second to join what it finds in frames, and there are none. */
export const makeAxe = (page: Page): AxeBuilder => new AxeBuilder({ page }).setLegacyMode()
