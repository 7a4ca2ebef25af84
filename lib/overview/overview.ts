import { clusterFolderOf } from '../installation/delivery.ts';
import { layersOf } from '../layers/layers.ts';
import type { Plan } from '../plan/plan.ts';
import { partsOf } from '../runbook/runbook.ts';
import { secretsTitle } from '../runbook/secrets.ts';
import { anchorOf, bullets } from '../runbook/section.ts';
import { appointmentsOf, clashesOf } from './day.ts';
import { pictureOf } from './installation-picture.ts';
import { mermaidOf } from './mermaid.ts';

/** The page that a forge shows in the folder of an installation: what it is, at a glance. `file` is the installation file. */
export function overviewOf(plan: Plan, file: string): string {
  const { name, version, host, stopped } = plan.installation;
  const state = stopped ? ' It is stopped: no pod of Immich runs until `stopped: true` is taken out.' : '';
  return `${[
    `# ${name}`,
    `Immich ${version.text} at https://${host}, as \`${file}\` describes it.${state} When something is wrong: [RUNBOOK.md](RUNBOOK.md).`,
    ...pictureBlocks(plan),
    ...layerBlocks(plan),
    ...dayBlocks(plan),
    ...secretBlocks(plan),
    ...runbookBlocks(plan, file),
  ].join('\n\n')}\n`;
}

function pictureBlocks(plan: Plan): string[] {
  return [
    `\`\`\`mermaid\n${mermaidOf(pictureOf(plan))}\n\`\`\``,
    `Arrows go from who connects to who answers, with the port; dotted ones are copies.${
      plan.installation.network.policies ? ' Network policies refuse everything else.' : ''
    } Left out are DNS, the Kubernetes API, CloudNativePG's operator, Prometheus, and pods that come and go: \`immich-cdk8s explain traffic\` has them all.`,
  ];
}

/** The layers of each cluster, each with what it waits for. */
function layerBlocks(plan: Plan): string[] {
  const { installation, isRemote } = plan;
  const { app, database } = installation.clusters;
  return [
    '## Layers',
    installation.argocd === undefined
      ? 'Flux applies each folder when those before it are ready.'
      : 'Argo CD applies each folder in a wave after those before it, when these are healthy.',
    ...[...new Set([app, database])].flatMap((cluster) => [
      ...(isRemote ? [`In the cluster ${cluster}:`] : []),
      table(
        ['Layer', 'Waits for'],
        inOrder(layersOf(plan, cluster).map((layer) => layer.plan)).map(({ name, after, encrypted }) => [
          encrypted === undefined
            ? `[${name}](${[clusterFolderOf(installation, cluster), name].join('/').slice(installation.name.length + 1)})`
            : `${name}: \`${encrypted.folder}\``,
          after.length === 0 ? '' : after.join(', '),
        ]),
      ),
    ]),
  ];
}

/** Those first that the others wait for. */
function inOrder<T extends { readonly name: string; readonly after: readonly string[] }>(
  layers: readonly T[],
): T[] {
  const done: T[] = [];
  let left = [...layers];
  while (left.length > 0) {
    const waiting = left.map(({ name }) => name);
    const ready = left.filter(({ after }) => after.every((name) => !waiting.includes(name)));
    const next = ready.length === 0 ? left : ready;
    done.push(...next);
    left = left.filter((layer) => !next.includes(layer));
  }
  return done;
}

function dayBlocks(plan: Plan): string[] {
  const appointments = appointmentsOf(plan);
  if (appointments.length === 0) return [];
  return [
    '## What happens when',
    table(
      ['What', 'When'],
      appointments.map(({ what, when }) => [what, when]),
    ),
    ...clashesOf(appointments).map(
      ([one, other]) =>
        `> **These start within half an hour of each other** and read the same disks: ${lowerFirst(one.what)}, and ${lowerFirst(other.what)}. Move one of them by an hour.`,
    ),
  ];
}

function secretBlocks({ secrets, isRemote }: Plan): string[] {
  if (secrets.length === 0) return [];
  return [
    '## Secrets that must exist',
    table(
      [...(isRemote ? ['Cluster'] : []), 'Namespace', 'Secret', 'Keys', 'What for'],
      secrets.map(({ cluster, namespace, name, keys, purpose }) => [
        ...(isRemote ? [cluster] : []),
        namespace,
        `\`${name}\``,
        keys.map((key) => `\`${key}\``).join(', '),
        purpose,
      ]),
    ),
    `The commands that make them: ${chapterLink(secretsTitle)}.`,
  ];
}

/** Every chapter of the runbook. */
function runbookBlocks(plan: Plan, file: string): string[] {
  return [
    '## What to do',
    ...partsOf(plan, file).flatMap(({ title, chapters }) => [
      `${title}:`,
      bullets(...chapters.map((chapter) => chapterLink(chapter.title))),
    ]),
  ];
}

function chapterLink(title: string): string {
  return `[${title}](RUNBOOK.md#${anchorOf(title)})`;
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) =>
    `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`;
  return [line(head), line(head.map(() => '---')), ...rows.map(line)].join('\n');
}

function lowerFirst(text: string): string {
  return /^[A-Z][a-z]/.test(text) && !text.startsWith('Immich')
    ? `${text.charAt(0).toLowerCase()}${text.slice(1)}`
    : text;
}
