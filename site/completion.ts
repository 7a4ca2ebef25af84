import {
  type Completion,
  type CompletionContext,
  type CompletionResult,
  insertCompletionText,
  startCompletion,
} from '@codemirror/autocomplete';
import { yamlLanguage } from '@codemirror/lang-yaml';
import type { Extension } from '@codemirror/state';
import { type EditorView, hoverTooltip } from '@codemirror/view';
import { made } from './element.ts';
import { placeAt } from './place-at.ts';
import type { KeyHint } from './work.ts';

/** Keys and values while they are written, and what a key means where a pointer rests on it. */
export function completions(hints: () => readonly KeyHint[]): Extension {
  return [
    yamlLanguage.data.of({ autocomplete: (context: CompletionContext) => completionsAt(context, hints()) }),
    hoverTooltip((view, position) => {
      const word = view.state.wordAt(position);
      const place = word === null ? undefined : placeAt(view.state.doc.toString(), word.from);
      if (word === null || place === undefined || place.kind === 'value') return null;
      const path = [...place.path, view.state.sliceDoc(word.from, word.to)].join('.');
      const hint = hints().find((one) => one.path === path);
      if (hint === undefined) return null;
      return { pos: word.from, end: word.to, above: true, create: () => ({ dom: hintText(hint) }) };
    }),
  ];
}

function hintText({ path, description, value }: KeyHint): HTMLElement {
  const dom = made('div', 'hint', '');
  dom.append(made('strong', '', path), made('p', '', description), made('p', 'quiet', value));
  return dom;
}

function completionsAt(context: CompletionContext, hints: readonly KeyHint[]): CompletionResult | null {
  const place = placeAt(context.state.doc.toString(), context.pos);
  if (place === undefined || (place.from === context.pos && !context.explicit)) return null;
  const path = place.path.join('.');
  const options = place.kind === 'key' ? keysBelow(path, hints) : valuesOf(path, hints);
  return options.length === 0 ? null : { from: place.from, options, validFor: /^[\w./:"'-]*$/ };
}

function keysBelow(path: string, hints: readonly KeyHint[]): Completion[] {
  const prefix = path === '' ? '' : `${path}.`;
  return hints
    .filter((hint) => hint.path.startsWith(prefix) && !hint.path.includes('.', prefix.length))
    .map((hint) => ({
      label: hint.path.slice(prefix.length),
      type: 'property',
      info: hint.description,
      boost: hint.isRequired ? 1 : 0,
      apply: (view: EditorView, _: Completion, from: number, to: number) => {
        const text = `${hint.path.slice(prefix.length)}: `;
        view.dispatch(insertCompletionText(view.state, text, from, to));
        if (hint.values.length > 0) startCompletion(view);
      },
    }));
}

function valuesOf(path: string, hints: readonly KeyHint[]): Completion[] {
  const hint = hints.find((one) => one.path === path);
  return (hint?.values ?? []).map((value) => ({ label: value, type: 'enum' }));
}
