declare global {
  interface Window {
    /** Mermaid, once its script is there. */
    readonly mermaid?: {
      initialize(options: { readonly startOnLoad: boolean; readonly theme: string }): void;
      render(id: string, text: string): Promise<{ readonly svg: string }>;
    };
  }
}

/** Draws the picture of a page, and hides the place where the text is no page with one. */
export function drawPicture(place: HTMLElement, page: string): void {
  const [, text] = /^```mermaid\n([^`]*)\n```$/m.exec(page) ?? [];
  place.hidden = text === undefined;
  place.replaceChildren();
  if (text === undefined) return;
  draw(place, text).catch(() => {
    // The text below has all of it.
    place.hidden = true;
  });
}

let count = 0;

async function draw(place: HTMLElement, text: string): Promise<void> {
  const mermaid = await loadMermaid();
  count += 1;
  const mine = count;
  const { svg } = await mermaid.render(`picture-${mine}`, text);
  if (mine === count) place.innerHTML = svg;
}

/** Mermaid is large, and only the picture needs it. */
function loadMermaid(): Promise<NonNullable<Window['mermaid']>> {
  return new Promise((done, failed) => {
    const loaded = () => {
      if (window.mermaid === undefined) return failed(new Error('Mermaid is not there.'));
      const isDark = matchMedia('(prefers-color-scheme: dark)').matches;
      window.mermaid.initialize({ startOnLoad: false, theme: isDark ? 'dark' : 'default' });
      done(window.mermaid);
    };
    if (window.mermaid !== undefined) return loaded();
    const script = document.createElement('script');
    script.src = 'mermaid.min.js';
    script.addEventListener('load', loaded);
    script.addEventListener('error', () => failed(new Error('Mermaid does not load.')));
    document.head.append(script);
  });
}
