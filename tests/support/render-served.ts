import { render } from '@testing-library/react'
import type { ReactNode } from 'react'
import { renderToString } from 'react-dom/server'

/**
 * Renders a component into the page as the server does.
 *
 * @returns where it stands, and what takes it over as the script of a page does
 */
export function renderServed(component: ReactNode) {
  const container = document.body.appendChild(document.createElement('div'))
  container.innerHTML = renderToString(component)
  return { container, hydrate: () => render(component, { container, hydrate: true }) }
}
