import type { Plan } from '../plan/plan.ts';
import { type RequiredSecret, secretsToMake } from '../plan/secrets.ts';
import { databaseFrame, drillFrame, immichFrame } from './frames.ts';
import type { PictureNode, PictureParts } from './picture.ts';

/** The Secrets that no person makes in the cluster, and where their values come from. */
export function secretParts(plan: Plan): PictureParts {
  const source = sourceOf(plan);
  const made = source === undefined ? [] : secretsToMake(plan);
  if (source === undefined || made.length === 0) return { nodes: [], arrows: [] };
  const nodes = [...new Set(made.map((secret) => placeOf(plan, secret).name))].map((name): PictureNode => {
    const here = made.filter((secret) => placeOf(plan, secret).name === name);
    const [frame] = here.map((secret) => placeOf(plan, secret).frame);
    return { name, shape: 'data', details: namesOf(here), frame };
  });
  const { text, ...node } = source;
  return {
    nodes: [{ ...node, shape: 'outside', frame: undefined }, ...nodes],
    arrows: nodes.map(({ name }) => ({ from: source.name, to: name, text, isCopy: true })),
  };
}

function sourceOf({ installation: { secrets } }: Plan) {
  switch (secrets.kind) {
    case 'sops':
      return {
        name: secrets.folder,
        details: ['encrypted with SOPS, in git'],
        text: `decrypted by Flux, with ${secrets.secret}`,
      };
    case 'externalSecrets':
      return { name: `${secrets.store.kind} ${secrets.store.name}`, details: [], text: 'External Secrets' };
    case 'byHand':
      return undefined;
  }
}

/** Where a Secret is: beside Immich, beside the database of another cluster, in the drill, or where others have theirs. */
function placeOf(plan: Plan, { cluster, namespace }: RequiredSecret): Pick<PictureNode, 'name' | 'frame'> {
  const { clusters, namespace: own } = plan.installation;
  if (namespace === plan.drill?.namespace) return { name: 'Secrets of the drill', frame: drillFrame(plan) };
  if (namespace !== own) return { name: `Secrets in the namespace ${namespace}`, frame: undefined };
  return cluster === clusters.app
    ? { name: 'Secrets', frame: immichFrame(plan) }
    : { name: 'Secrets of the database', frame: databaseFrame(plan) };
}

/** The names where they can be taken in, and else how many there are. */
function namesOf(secrets: readonly RequiredSecret[]): string[] {
  const names = [...new Set(secrets.map(({ name }) => name))];
  return names.length > 3 ? [`${names.length} of them`] : names;
}
