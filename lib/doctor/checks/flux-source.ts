import { pointedFolderOf, sourceNamespaceOf } from '../../installation/delivery.ts';
import type { Field } from '../../manifests/field.ts';
import type { Check, Subject } from '../check.ts';
import type { LivingCluster } from '../cluster.ts';
import { type Finding, judge, sayError, sayWarning, sayWell } from '../finding.ts';
import { kustomizations, listedKustomizations } from '../kustomizations.ts';
import { conditionOf, live, liveItems } from '../live.ts';
import { listPath, objectPath } from '../path.ts';

/** Whether Flux has the source that dist is in, and is pointed at it. */
export const fluxSource: Check = {
  id: 'flux-source',
  title: "Flux's source and path",
  isOfLife: false,
  look: async (subject, cluster) => {
    // Argo CD reads a repository by a URL, and says in its Applications where it cannot.
    if (subject.plan.installation.argocd !== undefined) return [];
    const [source, pointer] = await Promise.all([
      lookAtSource(subject, cluster),
      lookForPointer(subject, cluster),
    ]);
    return [...source, ...pointer];
  },
};

const resources = {
  GitRepository: 'gitrepositories',
  OCIRepository: 'ocirepositories',
  Bucket: 'buckets',
};

async function lookAtSource(
  { plan, kubectl, file }: Subject,
  cluster: LivingCluster,
): Promise<readonly Finding[]> {
  const { flux } = plan.installation;
  const { source } = flux;
  const namespace = sourceNamespaceOf(flux);
  const resource = resources[source.kind];
  const at = (version: string) =>
    objectPath({ apiVersion: `source.toolkit.fluxcd.io/${version}`, resource, namespace }, source.name);
  const newest = await cluster.get(at('v1'));
  // Older releases of Flux have OCIRepository and Bucket in a beta alone.
  const answer = newest.kind === 'absent' ? await cluster.get(at('v1beta2')) : newest;
  const called = `${source.kind} ${namespace}/${source.name}`;
  const commands = `${kubectl} get ${resource}.source.toolkit.fluxcd.io`;
  return judge(answer, called, {
    seen: (value) => {
      const object = live(value);
      const ready = conditionOf(object, 'Ready');
      const revision = object.at('status', 'artifact', 'revision').text;
      if (object.get('spec', 'suspend') === true) {
        return [sayWarning(`${called} is suspended: Flux fetches nothing new.`)];
      }
      if (ready?.at('status').text === 'False') {
        return [
          sayError(
            `${called} cannot be fetched: ${ready.at('message').text ?? 'no reason is given'}.`,
            `${commands} ${source.name} --namespace ${namespace} --output yaml`,
          ),
        ];
      }
      return revision === undefined
        ? [sayWarning(`${called} has fetched nothing yet.`)]
        : [sayWell(`${called} has fetched ${revision}.`)];
    },
    absent: () => [
      sayError(
        `${called} is missing, which dist comes from.`,
        `${commands} --all-namespaces`,
        `Write one of those as flux: { source: { kind, name, namespace } } into ${file}, or bootstrap Flux: https://fluxcd.io/flux/installation/bootstrap/`,
      ),
    ],
  });
}

/** Whether some Kustomization leads to the folder of Flux's own objects; not asked once they are there. */
async function lookForPointer(subject: Subject, cluster: LivingCluster): Promise<readonly Finding[]> {
  const { plan, cluster: name, kubectl } = subject;
  const { flux } = plan.installation;
  const own = await listedKustomizations(subject, cluster);
  if (own.kind !== 'seen' || own.value.length > 0) return [];
  const path = `${flux.path}/${pointedFolderOf(plan.installation, name)}`;
  const all = listPath({ apiVersion: kustomizations.apiVersion, resource: kustomizations.resource });
  return judge(await cluster.get(all), 'What Flux is pointed at', {
    seen: (value) => {
      const above = liveItems(value).filter((one) => leadsTo(one, path));
      const [first] = above;
      if (first === undefined) {
        return [
          sayWarning(
            `No Kustomization of Flux leads to ./${path} yet.`,
            `Give Flux one with path: ./${path}, as the command init writes it; one above that lists the folder does as well.`,
          ),
        ];
      }
      const ready = conditionOf(first, 'Ready');
      const called = `Kustomization ${first.at('metadata', 'namespace').text}/${first.at('metadata', 'name').text}`;
      return ready?.at('status').text === 'False'
        ? [
            sayError(
              `${called} leads to ./${path}, and is not ready: ${ready.at('message').text ?? ''}`,
              `${kubectl} get ${kustomizations.full} --all-namespaces`,
            ),
          ]
        : [sayWell(`${called} leads to ./${path}.`)];
    },
  });
}

function leadsTo(kustomization: Field, path: string): boolean {
  const own = (kustomization.at('spec', 'path').text ?? '').replace(/^\.\//, '').replace(/\/+$/, '');
  return own === path;
}
