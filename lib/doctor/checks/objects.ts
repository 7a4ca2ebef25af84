import { differences } from '../../changes/difference.ts';
import type { Field } from '../../manifests/field.ts';
import type { Manifest } from '../../manifests/manifest.ts';
import { nameOf } from '../../manifests/name.ts';
import { isKustomizeFile } from '../../manifests/views/layer.ts';
import { enumerate } from '../../values/parsed.ts';
import type { Check, Subject } from '../check.ts';
import type { LivingCluster } from '../cluster.ts';
import { type Finding, judge, sayError, sayUnseen, sayWarning, sayWell } from '../finding.ts';
import { delivererOf, listedKustomizations } from '../kustomizations.ts';
import { livingObject } from '../objects.ts';
import { progressOf } from '../progress.ts';
import { asFarAsStated } from '../stated.ts';

/** Whether the objects of the layers that are ready are as dist has them, at the revision that Flux applied. */
export const objects: Check = {
  id: 'objects',
  title: 'Objects that differ from dist',
  isOfLife: true,
  look: async (subject, cluster) => {
    const listed = await listedKustomizations(subject, cluster);
    // The check of the layers says that they could not be seen.
    if (listed.kind !== 'seen') return [];
    const looked = await Promise.all(listed.value.map((layer) => lookAtLayer(layer, subject, cluster)));
    const same = looked.reduce((sum, one) => sum + one.same, 0);
    const findings = looked.flatMap((one) => one.findings);
    return same === 0 ? findings : [...findings, sayWell(`${same} objects are as in dist.`)];
  },
};

interface Looked {
  readonly findings: readonly Finding[];
  /** How many objects are as in dist. */
  readonly same: number;
}

async function lookAtLayer(kustomization: Field, subject: Subject, cluster: LivingCluster): Promise<Looked> {
  const name = nameOf(kustomization);
  const { called } = delivererOf(subject);
  const progress = progressOf(name, kustomization);
  // What is not applied yet cannot differ, and what is suspended is meant to.
  if (progress.kind !== 'ready') return { findings: [], same: 0 };
  const all = subject.manifestsAt(progress.revision);
  if (all === undefined) {
    const why = `${called} has applied ${progress.revision}, which this repository does not have.`;
    return { findings: [sayUnseen(name, why, 'git fetch')], same: 0 };
  }
  const folder = (
    kustomization.at('spec', 'path').text ??
    kustomization.at('spec', 'source', 'path').text ??
    ''
  )
    .split('/')
    .at(-1);
  const own = all.filter(
    (manifest) => !isKustomizeFile(manifest) && manifest.file.split('/').at(-2) === folder,
  );
  const found = await Promise.all(own.map((manifest) => lookAtObject(manifest, name, subject, cluster)));
  return { findings: found.flat(), same: found.filter((one) => one.length === 0).length };
}

/** Nothing where it is as in dist. */
async function lookAtObject(
  manifest: Manifest,
  layer: string,
  subject: Subject,
  cluster: LivingCluster,
): Promise<readonly Finding[]> {
  const { object } = manifest;
  const { namespace, name } = object.metadata ?? {};
  const called = `${object.kind} ${namespace === undefined ? '' : `${namespace}/`}${name}`;
  const { flux } = subject.plan.installation;
  const { called: deliverer, apply } = delivererOf(subject);
  const mend = [
    `${deliverer} puts it back${deliverer === 'Flux' ? ` within ${flux.interval}` : ''}. At once:`,
    apply(layer),
  ];
  return judge(await livingObject(object, cluster), called, {
    seen: ({ value }) => {
      const ways = differences(object, asFarAsStated(object, value)).map(({ way }) => way);
      if (ways.length === 0) return [];
      const shown = ways.length > most ? [...ways.slice(0, most), `${ways.length - most} more`] : ways;
      return [sayWarning(`${called} differs from dist in ${enumerate(shown)}.`, ...mend)];
    },
    absent: () => [sayError(`${called} is in dist, and not in the cluster.`, ...mend)],
  });
}

/** So many fields are named. */
const most = 5;
