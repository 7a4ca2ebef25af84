import { parse } from 'yaml';
import { isMapping } from '../../manifests/field.ts';
import type { Value } from '../../manifests/manifest.ts';
import { chartConfiguration, configurationFile } from '../../manifests/views/configuration-file.ts';
import { leaveOpen, type Piece, remark, take } from '../piece.ts';
import { placeOf } from './place.ts';
import type { Subject } from './subject.ts';

/** The section `config`, only where Immich reads a file today: with one, nothing can be set in its web interface. */
export function configurationPieces(subject: Subject): Piece[] {
  const { inventory, server, variables } = subject;
  const file = variables.get('IMMICH_CONFIG_FILE');
  const chart = chartConfiguration(inventory, server);
  if (chart?.value !== undefined && isMapping(chart.value)) {
    return leavesOf(['config'], chart.value, placeOf(chart));
  }
  if (file === undefined) return [];
  const found = configurationFile(inventory, server);
  const secret = secretOf(subject);
  if (secret !== undefined) return [take(['configSecret'], secret.value, secret.from)];
  const read = found?.text === undefined ? undefined : parseConfiguration(found.text);
  if (found === undefined || read === undefined) {
    return [
      leaveOpen(
        ['configSecret'],
        '{ secret, key } of the configuration file of Immich, or remove this line and write config:',
        { secret: 'to-be-filled-in', key: 'immich.yaml' },
        placeOf(file.field),
      ),
    ];
  }
  return leavesOf(['config'], read, placeOf(found));
}

/** The Secret of which the file is mounted. */
function secretOf({
  server,
  variables,
}: Subject): { readonly value: Value; readonly from: string } | undefined {
  const file = variables.get('IMMICH_CONFIG_FILE')?.value ?? '';
  const mount = server.container.mounts.find(
    ({ path }) => file === path || file.startsWith(`${path.replace(/\/+$/, '')}/`),
  );
  const volume = server.workload.volumes.find(({ name }) => name === mount?.volume);
  const name = volume?.field.at('secret', 'secretName');
  const base = file.slice(file.lastIndexOf('/') + 1);
  if (volume === undefined || name?.text === undefined || name.text.includes('${')) return undefined;
  const item = volume.field.at('secret', 'items').items.find((one) => one.get('path') === base);
  const key = item?.at('key').text ?? mount?.field.at('subPath').text ?? base;
  return { value: { secret: name.text, key }, from: placeOf(name) };
}

function parseConfiguration(text: string): { readonly [key: string]: Value | undefined } | undefined {
  try {
    const value: Value = parse(text, { logLevel: 'silent' });
    return isMapping(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

/** Every setting for itself, so that one which cannot be carried over leaves the others. */
function leavesOf(path: Piece['path'], value: Value, from: string): Piece[] {
  if (isMapping(value) && Object.keys(value).length > 0) {
    return Object.entries(value).flatMap(([key, inside]) =>
      inside === undefined ? [] : leavesOf([...path, key], inside, from),
    );
  }
  if (value === null) return [];
  return typeof value === 'string' && value.includes('${')
    ? [
        remark(
          path.slice(0, -1),
          `${String(path.at(-1))} is a variable of Flux today, and was not carried over.`,
          from,
        ),
      ]
    : [take(path, value, from)];
}
