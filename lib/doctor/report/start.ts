import { withoutCredentials } from '../../text/credential.ts';
import type { Style } from '../../text/style.ts';
import type { Progress } from '../progress.ts';

/** How far the first start of an installation is in a Kubernetes cluster. */
export interface Start {
  readonly installation: string;
  readonly cluster: string;
  readonly layers: readonly Progress[];
  /** Why nothing can be seen. */
  readonly unseen: string | undefined;
}

/** Whether nothing more is to come. */
export function isDone(starts: readonly Start[]): boolean {
  return starts.every(
    ({ layers, unseen }) => unseen === undefined && layers.every(({ kind }) => kind === 'ready'),
  );
}

/** The start layer by layer, with what each waits for. */
export function startText(starts: readonly Start[], style: Style): string {
  const lines = starts.flatMap(({ installation, cluster, layers, unseen }) => [
    style.title(`${installation} in the cluster ${cluster}`),
    ...(unseen === undefined ? layers.map((layer) => layerLine(layer, style)) : [`  unseen     ${unseen}`]),
    '',
  ]);
  return `${withoutCredentials(lines.join('\n'))}\n`;
}

function layerLine(layer: Progress, style: Style): string {
  const line = `  ${layer.kind.padEnd(widest)}  ${layer.name}`;
  switch (layer.kind) {
    case 'ready':
      return style.quiet(line);
    case 'missing':
      return `${line}: Flux does not have it yet`;
    case 'suspended':
      return line;
    case 'waiting':
    case 'failed':
      return `${line}: ${layer.message}`;
  }
}

const widest = 'suspended'.length;
