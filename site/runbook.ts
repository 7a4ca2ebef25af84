import { made } from './element.ts';
import { markdownElements } from './markdown.ts';

/** Shows a runbook chapter by chapter, each of which opens by itself; those that are open stay open. */
export function showRunbook(place: HTMLElement, text: string): void {
  const open = new Set(
    [...place.querySelectorAll('details[open] > summary')].map((summary) => summary.textContent),
  );
  const [introduction = '', ...chapters] = text.split(/^## /m);
  place.replaceChildren(
    ...markdownElements(introduction.replace(/^# .*$/m, '')),
    ...chapters.map((chapter) => chapterOf(chapter, open)),
  );
}

function chapterOf(text: string, open: ReadonlySet<string | null>): HTMLElement {
  const [title = '', ...lines] = text.split('\n');
  const chapter = document.createElement('details');
  chapter.open = open.has(title);
  const summary = made('summary', '', title);
  chapter.append(summary);
  // Nobody reads all of them, so that a chapter is made when it is opened.
  const fill = () => chapter.replaceChildren(summary, ...markdownElements(lines.join('\n')));
  if (chapter.open) fill();
  else chapter.addEventListener('toggle', fill, { once: true });
  return chapter;
}
