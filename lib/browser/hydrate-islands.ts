import { hydrate, render } from 'preact'
import { type ComponentType, createElement, useEffect } from 'react'
import { tolerateDomChanges } from '#lib/browser/tolerate-dom-changes.ts'

type Component = ComponentType<never>

/** Gives the component of an island by its name, at once or when its script has come. */
export type Registry<Name extends string = string> = Record<
  Name,
  () => Component | Promise<Component>
>

/**
 * Takes over every island of the page, each by itself: one that cannot be stays as it was, its forms
 * working without script, and is named on the console. A `hydrated` event tells when all are done.
 */
export async function hydrateIslands(registry: Registry): Promise<void> {
  tolerateDomChanges()
  addEventListener('submit', holdAlone, true)
  // Hydration trusts the elements that it finds; rendering makes them right.
  const put = takeOutForeign() ? render : hydrate
  const islands = [...document.querySelectorAll('x-island')]
  await Promise.all(islands.map((island) => takeOver(island, registry, put)))
  render(createElement(Done) as never, document.createDocumentFragment())
}

/** Keeps a form from an island that answers already: the loader holds it, and sends it when all do. */
function holdAlone(event: Event): void {
  event.stopPropagation()
}

/** Tells that all islands answer: effects run in their order, and this one is the last. */
function Done() {
  useEffect(() => {
    removeEventListener('submit', holdAlone, true)
    dispatchEvent(new Event('hydrated'))
  }, [])
  return null
}

/** Answers at once where the component is there: a form that was held before must find its handler. */
function takeOver(island: Element, registry: Registry, put: typeof render): Promise<void> | void {
  const name = island.getAttribute('name')!
  const leave = (error: unknown) => {
    console.error(`The island "${name}" stays as it is:`, error)
    // A copy has no listeners: where the island was taken over in part, its forms are the browser's.
    island.replaceWith(island.cloneNode(true))
  }
  const take = (component: Component) => {
    const props = JSON.parse(island.getAttribute('props')!) as never
    // Rendering takes attributes away that it does not know: what the reader has opened stays open.
    const opened = island.querySelectorAll('details[open]')
    put(createElement(component, props) as never, island)
    for (const details of opened) details.setAttribute('open', '')
  }
  try {
    const component = registry[name]!()
    if (component instanceof Promise) return component.then(take).catch(leave)
    take(component)
  } catch (error) {
    leave(error)
  }
}

/**
 * Takes out of islands the elements that were not there when the page was read; what they hold stays.
 *
 * @returns whether others are gone or not where they were
 */
function takeOutForeign(): boolean {
  const parts = [...window.parts]
  const known = new Set(parts)
  const find = () => [...document.querySelectorAll('x-island *')]
  for (const element of find()) if (!known.has(element)) element.replaceWith(...element.childNodes)
  const found = find()
  return parts.length !== found.length || parts.some((part, i) => part !== found[i])
}
