import { render } from 'preact'
import { type ComponentType, createElement, useEffect } from 'react'
import { withstandChanges } from '#lib/browser/changed-page.ts'

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
  withstandChanges()
  const islands = [...document.querySelectorAll('x-island')]
  await Promise.all(islands.map((island) => hydrate(island, registry)))
  renderInto(document.createDocumentFragment(), Done)
}

/** Tells that all islands answer: effects run in their order, and this one is the last. */
function Done() {
  useEffect(() => void dispatchEvent(new Event('hydrated')), [])
  return null
}

/** Answers at once where the component is there: a form that was held before must find its handler. */
function hydrate(island: Element, registry: Registry): Promise<void> | void {
  const name = island.getAttribute('name')!
  const leave = (error: unknown) => {
    console.error(`The island "${name}" stays as it is:`, error)
    // A copy has no listeners: where the island was taken over in part, its forms are the browser's.
    island.replaceWith(island.cloneNode(true))
  }
  const take = (component: Component) => {
    renderInto(island, component, JSON.parse(island.getAttribute('props')!) as object)
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
 * Renders into what stands there already: nodes of the same kind are kept, with what was typed into them,
 * and made right. Hydration would trust attributes that others may have changed.
 */
function renderInto(place: Element | DocumentFragment, component: Component, props = {}): void {
  render(createElement(component, props as never) as never, place)
}
