import type { ComposeText, ComposeVariable } from './compose-text.ts';

/** The variables of a file such as `.env`: https://docs.docker.com/compose/how-tos/environment-variables/variable-interpolation/#env-file-syntax */
export function variableFile({ file, text }: ComposeText): Map<string, ComposeVariable> {
  const found = new Map<string, ComposeVariable>();
  for (const [index, line] of text.split(/\r?\n/).entries()) {
    const [, name, written = ''] = /^\s*(?:export\s+)?([A-Za-z_]\w*)\s*=\s*(.*?)\s*$/.exec(line) ?? [];
    if (name !== undefined) found.set(name, { name, value: unquote(written), from: `${file}:${index + 1}` });
  }
  return found;
}

function unquote(written: string): string {
  const [, , inside] = /^(["'])(.*)\1(?:\s+#.*)?$/.exec(written) ?? [];
  return inside ?? written.replace(/(^|\s+)#.*$/, '');
}
