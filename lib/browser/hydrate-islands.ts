import { hydrate, render } from 'preact'
import { type ComponentType, createElement, useEffect } from 'react'
import { tolerateDomChanges } from '#lib/browser/tolerate-dom-changes.ts'

type Component = ComponentType<never>

/** Maps each island to a function that returns its component, at once or when its script has come. */
export type Registry<Name extends string = string> = Record<
  Name,
  () => Component | Promise<Component>
>

/**
 * Hydrates every island of the page by itself. One that fails stays as it was, with forms that work without
 * script, and is reported on the console. A `hydrated` event is dispatched when all are done.
 */
export async function hydrateIslands(registry: Registry): Promise<void> {
  tolerateDomChanges()
  addEventListener('submit', holdSubmit, true)
  // Hydration trusts the elements that it finds; rendering corrects them.
  const put = removeForeignElements() ? render : hydrate
  const islands = [...document.querySelectorAll('x-island')]
  await Promise.all(islands.map((island) => hydrateIsland(island, registry, put)))
  render(createElement(Done) as never, document.createDocumentFragment())
}

/** Keeps a submit event from islands that are hydrated already: the loader holds it until all are. */
function holdSubmit(event: Event): void {
  event.stopPropagation()
}

/** Dispatches `hydrated` once all islands answer: effects run in order, and this is the last. */
function Done() {
  useEffect(() => {
    removeEventListener('submit', holdSubmit, true)
    dispatchEvent(new Event('hydrated'))
  }, [])
  return null
}

/**
 * Hydrates an island. It is synchronous where the component is loaded: a form that was held must find its
 * handler.
 */
function hydrateIsland(
  island: Element,
  registry: Registry,
  put: typeof render,
): Promise<void> | void {
  const name = island.getAttribute('name')!
  const leave = (error: unknown) => {
    console.error(`The island "${name}" stays as it is:`, error)
    // A copy has no listeners: if the island was hydrated in part, its forms work without script again.
    island.replaceWith(island.cloneNode(true))
  }
  const take = (component: Component) => {
    const props = JSON.parse(island.getAttribute('props')!) as never
    // Rendering removes attributes that it does not know, but what the reader has opened stays open.
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
 * Removes elements from islands that were not there when the page was parsed, such as those of extensions;
 * their content stays.
 *
 * @returns whether elements of the page itself are missing or elsewhere
 */
function removeForeignElements(): boolean {
  const parts = [...window.parts]
  const known = new Set(parts)
  const find = () => [...document.querySelectorAll('x-island *')]
  for (const element of find()) if (!known.has(element)) element.replaceWith(...element.childNodes)
  const found = find()
  return parts.length !== found.length || parts.some((part, i) => part !== found[i])
}
