import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { insertOrigin } from '#lib/metadata/site-origin.ts'
import { getSettings } from '#lib/settings/settings.ts'

/** A prerendered page with places that the server fills. */
export type Shell = {
  /** The page's Content-Security-Policy: it holds whatever stands in the slots. */
  policy: string
  /**
   * @param fill gives the HTML of a place by its name, which is `main` for the only one, and of an island
   *   that shows what readers and moderators have done by the props that the build gave it
   */
  fill: (fill: (name: string, props: object) => string) => string
}

/**
 * @param build folder of the build
 * @param name of a document in it
 */
export function loadShell(build: string, name: string): Shell {
  const path = join(build, 'documents', name)
  const built = readFileSync(`${path}.html`, 'utf8')
  const html = insertOrigin(built, getSettings().SITE_URL)
  return { policy: readFileSync(`${path}.policy`, 'utf8'), fill: parseShell(html) }
}

/** Matches an empty slot, or the start of an island: its markup is the build's own, and none is in another. */
const PLACE = /<x-slot><\/x-slot>|<x-island name="(views|votes|story-comments)" props="([^"]*)">/g
const ISLAND_END = '</x-island>'

/** @returns what fills the places of this page */
export function parseShell(html: string): Shell['fill'] {
  let end = 0
  const places = [...html.matchAll(PLACE)].map((place) => {
    const [start, name = 'main', props = '{}'] = place
    const before = html.slice(end, place.index)
    end = place.index + start.length
    if (name !== 'main') end = html.indexOf(ISLAND_END, end) + ISLAND_END.length
    return { before, name, props: JSON.parse(props.replaceAll('&quot;', '"')) as object }
  })
  const rest = html.slice(end)
  return (fill) =>
    places.map(({ before, name, props }) => before + fill(name, props)).join('') + rest
}
