import { yaml } from '@codemirror/lang-yaml';
import { type Diagnostic, lintGutter, setDiagnostics } from '@codemirror/lint';
import { basicSetup, EditorView } from 'codemirror';
import { completions } from './completion.ts';
import { element } from './element.ts';
import { drawPicture } from './picture.ts';
import { showRunbook } from './runbook.ts';
import { sample } from './sample.ts';
import type { KeyHint, PlacedProblem, SynthAnswer } from './work.ts';
import { Workshop } from './workshop.ts';

/** The panel in which an installation file is written, with its mistakes and what synth makes of it. */
export function showWriter(): void {
  const choice = element('file', HTMLSelectElement);
  const state = element('write-state', HTMLElement);
  let files: ReadonlyMap<string, string> = new Map();
  let hints: readonly KeyHint[] = [];
  const workshop = new Workshop((answer) => {
    if (answer.kind === 'failed') state.textContent = answer.message;
    if (answer.kind === 'hints') hints = answer.keys;
    if (answer.kind !== 'synth') return;
    state.textContent = stateOf(answer);
    view.dispatch(setDiagnostics(view.state, diagnosticsOf(view, answer.problems)));
    if (answer.files.size === 0) return;
    files = answer.files;
    listFiles(choice, [...files.keys()]);
    showFile(files, choice.value);
    drawPicture(element('picture', HTMLElement), pageIn(files, 'README.md'));
    showRunbook(element('runbook', HTMLElement), pageIn(files, 'RUNBOOK.md'));
  });
  const view = new EditorView({
    doc: sample,
    parent: element('editor', HTMLElement),
    extensions: [
      basicSetup,
      yaml(),
      lintGutter(),
      completions(() => hints),
      EditorView.lineWrapping,
      EditorView.contentAttributes.of({ 'aria-label': 'The installation file' }),
      EditorView.updateListener.of(({ docChanged, state: { doc } }) => {
        if (docChanged) workshop.start({ kind: 'synth', text: doc.toString() });
      }),
    ],
  });
  choice.addEventListener('change', () => showFile(files, choice.value));
  workshop.start({ kind: 'hints' });
  workshop.start({ kind: 'synth', text: sample });
}

/** The page of that name, which there is once. */
function pageIn(files: ReadonlyMap<string, string>, name: string): string {
  const path = [...files.keys()].find((one) => one.endsWith(`/${name}`));
  return path === undefined ? '' : (files.get(path) ?? '');
}

function stateOf({ problems, files }: SynthAnswer): string {
  const [first, ...others] = problems.filter(({ severity }) => severity === 'error');
  if (first !== undefined) {
    const more = others.length === 0 ? '' : ` And ${others.length} more.`;
    return `Line ${first.line}: ${first.message}${more}`;
  }
  const warnings =
    problems.length === 0 ? '' : ` ${problems.length} to think about: see the marks beside the lines.`;
  return `synth writes ${files.size} files.${warnings}`;
}

function diagnosticsOf({ state: { doc } }: EditorView, problems: readonly PlacedProblem[]): Diagnostic[] {
  return problems
    .map(({ severity, line, column, message }) => {
      const { from, to } = doc.line(Math.min(Math.max(line, 1), doc.lines));
      return { from: Math.min(from + column - 1, to), to, severity, message };
    })
    .sort((one, other) => one.from - other.from);
}

/** Pages first, then objects; the one that was looked at stays. */
function listFiles(choice: HTMLSelectElement, paths: readonly string[]): void {
  const chosen = choice.value;
  const ordered = [...paths].sort(
    (one, other) => Number(other.endsWith('.md')) - Number(one.endsWith('.md')),
  );
  choice.replaceChildren(
    ...ordered.map((path) => {
      const option = document.createElement('option');
      option.value = path;
      option.textContent = path;
      return option;
    }),
  );
  if (ordered.includes(chosen)) choice.value = chosen;
}

function showFile(files: ReadonlyMap<string, string>, path: string): void {
  element('text', HTMLElement).textContent = files.get(path) ?? '';
}
