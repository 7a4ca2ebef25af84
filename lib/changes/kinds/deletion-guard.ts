import { clusterLabel } from '../../cnpg/names.ts';
import { type Comparison, type Draft, isChanged, isRemoved } from '../comparison.ts';
import { objectName, type Pair } from '../pairs.ts';

/** The label by which our admission policies know what holds data. */
export const guardLabel = 'immich-cdk8s/data';

/** The admission policies that refuse deletions, and what they know their objects by. */
export function deletionGuard(comparison: Comparison): Draft[] {
  return [...guard(comparison), ...draftUnlabelled(comparison)];
}

function guard(comparison: Comparison): Draft[] {
  const isRenamed = comparison.renames.namespaces.size > 0;
  if (!comparison.pairs.some(({ kind }) => kind.startsWith('ValidatingAdmissionPolicy'))) return [];
  const guards = guardsIn(comparison);
  const pairs = comparison.pairs.filter(
    ({ kind, name, before, after }) =>
      (kind === 'ValidatingAdmissionPolicy' && guards.has(name)) ||
      (kind === 'ValidatingAdmissionPolicyBinding' &&
        guards.has((after ?? before)?.at('spec', 'policyName').text ?? '')),
  );
  const ofDatabase = ({ before, after }: Pair) => (before ?? after)?.at(...selected, clusterLabel).exists;
  const hasDatabase = ({ cluster }: Pair) =>
    (comparison.after.inventories.get(cluster)?.all('postgresql.cnpg.io', 'Cluster') ?? []).length > 0;
  const policies = pairs.filter((pair) => pair.kind === 'ValidatingAdmissionPolicy');
  const left = new Set(policies.filter(ofDatabase).map(({ name }) => name));
  const isLeft = (pair: Pair) => left.has(pair.name) && !hasDatabase(pair);
  const gone = pairs.filter(isRemoved).filter((pair) => !isLeft(pair));
  const along = pairs.filter(isRemoved).filter(isLeft);
  const other = pairs.filter(isChanged);
  const found: Draft[] = [];
  if (gone.length > 0) {
    found.push({
      grade: 'refused',
      topic: 'data',
      what: 'remove',
      from: 'guard',
      to: 'nothing',
      key: ['protection', 'admission'],
      sentence:
        'The guard against deletion goes: from then on one kubectl delete, or one Helm or Flux mistake, removes claims, database or namespace with all photos.',
      steps: ['Keep protection: { admission: true }.'],
      pairs: gone,
    });
  }
  if (along.length > 0) {
    found.push({
      grade: 'routine',
      topic: 'data',
      what: 'guard',
      sentence: 'The guard of the claims of the database goes from dist with the database.',
      pairs: along,
    });
  }
  if (other.length > 0 && !isRenamed) {
    found.push({
      grade: 'steps',
      topic: 'data',
      what: 'guard',
      sentence: 'The guard against deletion covers other objects, or lets other deletions through.',
      steps: ['Read its diff: what is protected stands in resourceRules and objectSelector.'],
      pairs: other,
    });
  }
  return found;
}

const selected = ['spec', 'matchConstraints', 'objectSelector', 'matchLabels'];

/** The names of our admission policies, by the label that they look for. */
function guardsIn({ before, after }: Comparison): Set<string> {
  const policies = [before, after].flatMap((side) =>
    side.all('admissionregistration.k8s.io', 'ValidatingAdmissionPolicy'),
  );
  return new Set(
    policies
      .filter((policy) => [guardLabel, clusterLabel].some((label) => policy.at(...selected, label).exists))
      .flatMap((policy) => policy.at('metadata', 'name').text ?? []),
  );
}

/** The guard knows what it covers by a label. */
function draftUnlabelled({ pairs, renames }: Comparison): Draft[] {
  if (renames.namespaces.size > 0) return [];
  const lost = pairs
    .filter(isChanged)
    .filter(
      ({ before, after }) =>
        before.at('metadata', 'labels', guardLabel).exists &&
        !after.at('metadata', 'labels', guardLabel).exists,
    );
  return lost.map((pair) => ({
    grade: 'steps',
    topic: 'data',
    what: 'unguard',
    from: 'guarded',
    to: 'open',
    sentence: `${objectName(pair)} loses the label by which the guard against deletion knows it: whoever may delete it can.`,
    steps: [`Flux takes the label off itself; if it stays: kubectl label ${resourceOf(pair)} ${guardLabel}-`],
    pairs: [pair],
    fields: [`metadata.labels.${guardLabel}`],
  }));
}

function resourceOf({ kind, apiGroup, name, namespace }: Pair): string {
  const resource = `${kind.toLowerCase()}${apiGroup === '' ? '' : `.${apiGroup}`}`;
  return `${resource} ${name}${namespace === undefined ? '' : ` --namespace ${namespace}`}`;
}
