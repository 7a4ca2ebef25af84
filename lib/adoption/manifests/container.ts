import { knowsVariable } from '../../immich/environment.ts';
import { type Field, isUnknown } from '../../manifests/field.ts';
import type { Inventory } from '../../manifests/inventory.ts';
import type { Value } from '../../manifests/manifest.ts';
import type { ContainerView } from '../../manifests/views/container.ts';
import { environment, type VariableView } from '../../manifests/views/environment.ts';
import { type ImmichContainerView, repositoryOf } from '../../manifests/views/immich.ts';
import type { Path } from '../../text/path.ts';
import { type Piece, remark, take } from '../piece.ts';
import { companionPieces } from './companions.ts';
import { devicePieces } from './devices.ts';
import { pieceOf, placeOf } from './place.ts';
import { placementPieces } from './placement.ts';

/** What the section of a container says of one that runs today: its image, resources, user and environment. */
export function containerPieces(
  inventory: Inventory,
  path: Path,
  found: ImmichContainerView,
  standard: { readonly image: string; readonly consumed: ReadonlySet<string> },
): Piece[] {
  const { workload, container } = found;
  return [
    ...imagePieces(path, container.image, standard.image),
    ...resourcePieces(path, container),
    ...devicePieces(inventory, path, found),
    ...placementPieces(path, workload),
    ...userPieces(path, found),
    ...environmentPieces(inventory, path, found, standard.consumed),
    ...companionPieces(path, found),
  ];
}

/** An image that says more than the version: another registry, a flavour, a digest. */
function imagePieces(path: Path, image: Field, standard: string): Piece[] {
  const text = image.text ?? '';
  const isPlain = repositoryOf(text) === standard && /:v\d+\.\d+\.\d+$/.test(text);
  const isNamed = /:[^/@]+/.test(text) && /:v?\d+\.\d+\.\d+/.test(text);
  return isPlain || !isNamed ? [] : pieceOf([...path, 'image'], image);
}

/** CPU and memory, of a container or, below `server.microservices`, of the worker beside it. */
export function resourcePieces(path: Path, { field }: ContainerView): Piece[] {
  const resources = field.at('resources');
  const list = (kind: 'requests' | 'limits') =>
    ['cpu', 'memory'].flatMap((name): [string, Value][] => {
      const value = resources.get(kind, name);
      return value === undefined || value === null ? [] : [[name, value]];
    });
  const written = (['requests', 'limits'] as const).flatMap((kind): Piece[] => {
    const entries = list(kind);
    return entries.length === 0
      ? []
      : [take([...path, 'resources', kind], Object.fromEntries(entries), placeOf(resources.at(kind)))];
  });
  const isUnlimited =
    written.some((piece) => piece.path.at(-1) === 'requests') && list('limits').length === 0;
  const limits = isUnlimited
    ? [take([...path, 'resources', 'limits'], {}, undefined, 'There is no limit today.')]
    : [];
  return [...written, ...limits];
}

const ourUser = 1000;

function userPieces(path: Path, { workload, container }: ImmichContainerView): Piece[] {
  const setting = (name: string) =>
    container.security.at(name).exists
      ? container.security.at(name)
      : workload.pod.at('securityContext', name);
  const [user, group] = [setting('runAsUser'), setting('runAsGroup')];
  const fsGroup = workload.pod.at('securityContext', 'fsGroup');
  const groupOf = group.exists ? group : fsGroup;
  if (user.number === undefined || user.number === 0) {
    return path[0] === 'server'
      ? [
          remark(
            path,
            `Immich runs as root today, so its files belong to root; from dist it runs as ${ourUser} and cannot write to them. ` +
              `Change their owner before the switch (docs/moving-in.md has the command), or write user and group of whoever owns them.`,
            placeOf(user.exists ? user : container.field),
          ),
        ]
      : [];
  }
  return [
    ...(user.number === ourUser ? [] : pieceOf([...path, 'user'], user)),
    ...(groupOf.number === undefined || groupOf.number === ourUser || groupOf.number === 0
      ? []
      : pieceOf([...path, 'group'], groupOf)),
  ];
}

function environmentPieces(
  inventory: Inventory,
  path: Path,
  { workload, container }: ImmichContainerView,
  consumed: ReadonlySet<string>,
): Piece[] {
  const read = environment(inventory, workload, container);
  return [
    ...[...read.values()]
      // A key of a Secret that is no name of a variable, such as immich.yaml, is none.
      .filter(({ name }) => !consumed.has(name) && /^[A-Za-z_]\w*$/.test(name))
      .flatMap((variable) => variablePieces(path, variable)),
    ...container.environmentFrom
      .filter(({ kind }) => kind === 'Secret')
      .map(({ name }) =>
        remark(
          path,
          `All keys of the Secret ${name.text ?? ''} are variables today. Those for the database and Valkey have keys of their own here; another one that is needed goes into environmentFrom.`,
          placeOf(name),
        ),
      ),
  ];
}

function variablePieces(path: Path, { name, value, field, from }: VariableView): Piece[] {
  if (from?.kind === 'Secret') {
    const [secret, key] = [from.name.text, from.key?.text];
    // Of a Secret with all its keys, only what Immich reads is known to be meant.
    if (
      from.key === undefined &&
      !knowsVariable(path[0] === 'server' ? 'server' : 'machine-learning', name)
    ) {
      return [];
    }
    const known =
      key ?? ('prefix' in from && typeof from.prefix === 'string' ? name.slice(from.prefix.length) : name);
    return secret === undefined || isUnknown(secret + known)
      ? [
          remark(
            path,
            `The variable ${name} comes from a Secret whose name has a variable of Flux in it. Write environmentFrom, with its name.`,
            placeOf(field),
          ),
        ]
      : [take([...path, 'environmentFrom', name], { secret, key: known }, placeOf(field))];
  }
  const place = placeOf(field.at('value').exists ? field.at('value') : field);
  if (value === undefined) {
    const origin = from === undefined ? 'elsewhere' : `the ${from.kind} ${from.name.text ?? ''}`;
    return [
      remark(
        path,
        `The variable ${name} comes from ${origin}, and its value was not found. Write it below environment.`,
        place,
      ),
    ];
  }
  return isUnknown(value)
    ? [
        remark(
          path,
          `The variable ${name} is filled in by Flux. Write it below environment, with its value.`,
          place,
        ),
      ]
    : [take([...path, 'environment', name], value, place)];
}
