import type { Inventory } from '../../manifests/inventory.ts';
import type { Manifest } from '../../manifests/manifest.ts';
import { type SecretReferenceView, secretReferences } from '../../manifests/views/secret-references.ts';
import type { Comparison, Draft, Side } from '../comparison.ts';
import type { Pair } from '../pairs.ts';
import { isOfDrillLayer, isOfFileDrill } from './drills.ts';

/** Secrets and keys that must exist before a change is merged and did not have to, and those that nothing reads any more. */
export function requirements(comparison: Comparison): Draft[] {
  if (!comparison.pairs.some(({ kind }) => readers.has(kind))) return [];
  const [before, after] = [secretsOf(comparison.before), secretsOf(comparison.after)];
  const was = (namespace: string) => comparison.renames.namespaces.get(namespace) ?? namespace;
  const earlier = new Map(
    [...before.values()].map((secret) => {
      const moved = { ...secret, namespace: was(secret.namespace) };
      return [identity(moved), moved];
    }),
  );
  const found: Draft[] = [];
  for (const [id, secret] of after) {
    const keys = earlier.get(id)?.keys ?? new Set<string>();
    const added = [...secret.keys].filter((key) => !keys.has(key));
    if (earlier.has(id) && added.length === 0) continue;
    found.push(draftNeed(comparison, secret, added));
  }
  for (const [id, secret] of earlier) if (!after.has(id)) found.push(draftNeedless(comparison, secret));
  return found;
}

const readers: ReadonlySet<string> = new Set([
  'Cluster',
  'CronJob',
  'DaemonSet',
  'DatabaseRole',
  'Deployment',
  'Job',
  'ObjectStore',
  'ReplicationSource',
  'StatefulSet',
]);

/** A Secret that no manifest makes and something reads. */
interface NeededSecret {
  readonly cluster: string;
  readonly namespace: string;
  readonly name: string;
  readonly keys: ReadonlySet<string>;
  readonly consequence: string;
  /** Those that read it. */
  readonly readers: ReadonlySet<Manifest>;
}

function secretsOf(side: Side): Map<string, NeededSecret> {
  const found = new Map<string, NeededSecret>();
  for (const [cluster, inventory] of side.inventories) {
    for (const { name, keys, impliedKeys = [], namespace, consequence } of [
      ...secretReferences(inventory),
      ...movers(inventory),
    ]) {
      const secret = name.text;
      if (secret === undefined || inventory.find('', 'Secret', namespace, secret) !== undefined) continue;
      if (isMadeByDrill(inventory, secret)) continue;
      const one = { cluster, namespace: namespace ?? '', name: secret };
      const known = found.get(identity(one));
      found.set(identity(one), {
        ...one,
        keys: new Set([...(known?.keys ?? []), ...keys.flatMap(({ text }) => text ?? []), ...impliedKeys]),
        consequence: isOfDrillLayer(name.manifest.file)
          ? `the ${isOfFileDrill(name.manifest.object.metadata?.name) ? 'drill of files' : 'restore drill'} cannot read the backups and fails`
          : (known?.consequence ?? consequence),
        readers: new Set([...(known?.readers ?? []), name.manifest]),
      });
    }
  }
  return found;
}

/** The Secrets with the repository that VolSync copies a volume to. */
function movers(inventory: Inventory): SecretReferenceView[] {
  return inventory.all('volsync.backube', 'ReplicationSource').map((source) => ({
    name: source.at('spec', 'restic', 'repository'),
    keys: [],
    namespace: source.at('metadata', 'namespace').text,
    consequence: 'the volume is not backed up',
  }));
}

/** A database that is made from a text in a ConfigMap brings its Secret along. */
function isMadeByDrill(inventory: Inventory, secret: string): boolean {
  const database = /^(.*)-app$/.exec(secret)?.[1];
  return (
    database !== undefined &&
    inventory
      .all('', 'ConfigMap')
      .flatMap((map) => Object.values(map.at('data').labels))
      .some((text) => text.includes('kind: Cluster') && text.includes(`name: ${database}\n`))
  );
}

function identity({
  cluster,
  namespace,
  name,
}: Pick<NeededSecret, 'cluster' | 'namespace' | 'name'>): string {
  return `${cluster} ${namespace}/${name}`;
}

function draftNeed(comparison: Comparison, secret: NeededSecret, keys: readonly string[]): Draft {
  const { namespace, name, consequence } = secret;
  const isNew = keys.length === secret.keys.size;
  const told =
    keys.length === 0 ? '' : ` with ${keys.length === 1 ? 'the key' : 'the keys'} ${keys.join(', ')}`;
  return {
    grade: 'steps',
    topic: 'secrets',
    what: 'need',
    to: `${namespace}/${name}${keys.length === 0 ? '' : `/${keys.join(',')}`}`,
    sentence: `The Secret ${namespace}/${name} must exist${told}, and did not have to${isNew ? '' : ' have that'}: as long as it is missing, ${consequence}.`,
    steps: [
      `Before merging${secret.cluster === '' ? '' : `, in the cluster ${secret.cluster}`}: kubectl get secret ${name} --namespace ${namespace}`,
    ],
    pairs: pairsOf(comparison, secret.readers),
    fields: [''],
  };
}

function draftNeedless(comparison: Comparison, secret: NeededSecret): Draft {
  const { namespace, name } = secret;
  return {
    grade: 'routine',
    topic: 'secrets',
    what: 'unneed',
    to: `${namespace}/${name}`,
    sentence: `Nothing in these manifests reads the Secret ${namespace}/${name} any more.`,
    pairs: pairsOf(comparison, secret.readers),
    fields: [''],
  };
}

function pairsOf({ pairs }: Comparison, manifests: ReadonlySet<Manifest>): Pair[] {
  return pairs.filter(({ before, after }) =>
    [before, after].some((field) => field !== undefined && manifests.has(field.manifest)),
  );
}
