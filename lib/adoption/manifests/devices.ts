import type { Field } from '../../manifests/field.ts';
import type { Inventory } from '../../manifests/inventory.ts';
import type { ImmichContainerView } from '../../manifests/views/immich.ts';
import type { Path } from '../../text/path.ts';
import { type Piece, remark, take } from '../piece.ts';
import { placeOf } from './place.ts';

/** The graphics card of a container, as the key `gpu` of its section has it; nothing where it has none. */
export function devicePieces(inventory: Inventory, path: Path, found: ImmichContainerView): Piece[] {
  const resources = found.container.field.at('resources');
  const [device] = ['limits', 'requests'].flatMap((kind) =>
    resources.at(kind).entries.filter(([name]) => !ordinary.has(name)),
  );
  const claim = resources.at('claims', 0);
  return [
    ...(device === undefined ? [] : [resourcePiece(path, found, ...device)]),
    ...(claim.exists ? claimPieces(inventory, path, found, claim) : []),
    ...nodeDevices(path, found),
  ];
}

const ordinary = new Set(['cpu', 'memory', 'ephemeral-storage', 'hugepages-2Mi', 'hugepages-1Gi']);

/** What the keys of an installation file call the cards that most people have. */
const words = new Map([
  ['gpu.intel.com/i915', 'intel'],
  ['amd.com/gpu', 'amd'],
]);

const nvidia = 'nvidia.com/gpu';

function resourcePiece(path: Path, { workload }: ImmichContainerView, name: string, asked: Field): Piece {
  const runtimeClass = workload.pod.at('runtimeClassName').text;
  const groups = workload.pod
    .at('securityContext', 'supplementalGroups')
    .items.flatMap(({ number }) => number ?? []);
  const word = name === nvidia && runtimeClass === 'nvidia' ? 'nvidia' : words.get(name);
  const otherwise = remark(
    path,
    `The device ${name} was not carried over: no key here hands one out.`,
    placeOf(asked),
  );
  return {
    ...take(
      [...path, 'gpu'],
      word ?? {
        resource: name,
        ...(runtimeClass === undefined ? {} : { runtimeClass }),
        ...(groups.length === 0 ? {} : { groups }),
      },
      placeOf(asked),
    ),
    otherwise,
  };
}

/** https://kubernetes.io/docs/concepts/scheduling-eviction/dynamic-resource-allocation/ */
function claimPieces(
  inventory: Inventory,
  path: Path,
  { workload }: ImmichContainerView,
  claim: Field,
): Piece[] {
  const name = claim.at('name').text ?? '';
  const asked = workload.pod.at('resourceClaims').items.find((one) => one.get('name') === name);
  const [template, another] = inventory
    .all('resource.k8s.io', 'ResourceClaimTemplate')
    .filter((one) => one.get('metadata', 'name') === asked?.at('resourceClaimTemplateName').text);
  const [request, further] = template?.at('spec', 'spec', 'devices', 'requests').items ?? [];
  const deviceClass = request?.at('exactly', 'deviceClassName').text ?? request?.at('deviceClassName').text;
  if (another !== undefined || further !== undefined || deviceClass !== 'gpu.intel.com') {
    return [
      remark(
        path,
        `The claimed device ${name} was not carried over: gpu knows only the class gpu.intel.com, as intel-dra, and it is not seen here that this is it.`,
        placeOf(claim),
      ),
    ];
  }
  const isNew = template?.get('apiVersion') === 'resource.k8s.io/v1';
  return [
    ...(isNew && template !== undefined
      ? [
          take(
            ['kubernetes'],
            '1.34',
            placeOf(template),
            'At least; the first with resource.k8s.io/v1, by which a card is claimed.',
          ),
        ]
      : []),
    take([...path, 'gpu'], 'intel-dra', placeOf(claim)),
  ];
}

/** A device that the container takes from its node. */
function nodeDevices(path: Path, { workload, container }: ImmichContainerView): Piece[] {
  return workload.volumes.flatMap(({ name, field }): Piece[] => {
    const device = field.at('hostPath', 'path');
    const isMounted = container.mounts.some((mount) => mount.volume === name);
    return isMounted && device.text?.startsWith('/dev/')
      ? [
          remark(
            path,
            `${device.text} of the node was not carried over, since Pod Security refuses it: install the device plugin of the card, and write gpu.`,
            placeOf(device),
          ),
        ]
      : [];
  });
}
