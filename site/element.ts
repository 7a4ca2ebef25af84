/** An element of the page that must be there; throws a sentence when it is not, or is another kind of element. */
export function element<T extends HTMLElement>(id: string, kind: new () => T): T {
  const found = document.getElementById(id);
  if (!(found instanceof kind)) throw new Error(`The page has no ${kind.name} with the id "${id}".`);
  return found;
}

/** A new element with a class and a text, in which nothing is read as HTML. */
export function made(tag: keyof HTMLElementTagNameMap, className: string, text: string): HTMLElement {
  const created = document.createElement(tag);
  created.className = className;
  created.textContent = text;
  return created;
}
