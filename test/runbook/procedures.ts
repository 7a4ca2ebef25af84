import { parseDocument } from 'yaml';

/** A block of commands or of YAML in a chapter of a runbook. */
export interface Block {
  readonly language: string;
  readonly text: string;
}

/** The blocks of a chapter in order, as a person copies them: without the indent of the step that they stand in. */
export function blocksOf(runbook: string, title: string): Block[] {
  const [, chapter] = runbook.split(`\n## ${title}\n`);
  if (chapter === undefined) throw new Error(`The runbook has no chapter "${title}".`);
  const [text = ''] = chapter.split('\n## ');
  return [...text.matchAll(/^( *)```(\w+)\n([\s\S]*?)\n\1```$/gm)].map(
    ([, indent = '', language = '', lines = '']) => ({
      language,
      text: lines
        .split('\n')
        .map((line) => line.slice(indent.length))
        .join('\n'),
    }),
  );
}

/** An installation file after a person has written a block of the runbook into it. */
export function withLines(file: string, lines: string): string {
  const document = parseDocument(file);
  const merge = (path: readonly string[], value: unknown) => {
    if (
      typeof value === 'object' &&
      value !== null &&
      !Array.isArray(value) &&
      isDescent(document.getIn(path))
    ) {
      for (const [key, each] of Object.entries(value)) merge([...path, key], each);
    } else {
      document.setIn(path, document.createNode(value));
    }
  };
  merge([], parseDocument(lines).toJS());
  return document.toString();
}

function isDescent(node: unknown): boolean {
  return typeof node === 'object' && node !== null;
}

/** The file without a key. */
export function withoutKey(file: string, ...path: readonly string[]): string {
  const document = parseDocument(file);
  document.deleteIn(path);
  return document.toString();
}
