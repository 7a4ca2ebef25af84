import { type NamedHost, namedHostsOf, placeOf } from '../../installation/named-hosts.ts';
import { serverName } from '../../names.ts';
import { enumerate } from '../../values/parsed.ts';
import type { Check, Subject } from '../check.ts';
import type { LivingCluster } from '../cluster.ts';
import { type Finding, judge, sayError, sayUnseen, sayWarning, sayWell } from '../finding.ts';
import { live, liveItems } from '../live.ts';
import { listPath, objectPath } from '../path.ts';
import { beginSentence } from '../sentence.ts';

/** Whether what others run for Immich is there, as far as the cluster knows it: a database, Valkey, machine learning, a store. */
export const namedHosts: Check = {
  id: 'named-hosts',
  title: 'What others run for Immich',
  isOfLife: false,
  look: async (subject, cluster) => {
    const { installation } = subject.plan;
    const own = namedHostsOf(installation).filter((named) => isAskedFrom(named, subject));
    const looked = own.map(async (named) => {
      const place = placeOf(named.host, installation.namespace);
      if (place.kind === 'service') return lookAtService(named, place, subject, cluster);
      return isPart(named) ? [sayHidden(named, subject)] : [];
    });
    return [...(await Promise.all(looked)).flat(), ...hiddenValkey(subject)];
  },
};

function isAskedFrom({ from: [first] }: NamedHost, { plan, cluster }: Subject): boolean {
  const { app, database } = plan.installation.clusters;
  return cluster === (first === 'database' || first === 'drill' ? database : app);
}

/** Whether it is a part of Immich that others run, such as `database.external`. */
function isPart({ path }: NamedHost): boolean {
  return path[1] === 'external' || path[1] === 'remote';
}

async function lookAtService(
  { name, host, port, path }: NamedHost,
  { service, namespace }: { readonly service: string; readonly namespace: string },
  { kubectl, file }: Subject,
  cluster: LivingCluster,
): Promise<readonly Finding[]> {
  const called = `${name} at ${host}`;
  const there = `${beginSentence(called)} has its Service`;
  const where = { apiVersion: 'v1', resource: 'services', namespace };
  // A name without a dot may also be one that the DNS of the nodes knows.
  const tell = host.includes('.') ? sayError : sayWarning;
  const slices = listPath({
    ...{ apiVersion: 'discovery.k8s.io/v1', resource: 'endpointslices', namespace },
    selector: `kubernetes.io/service-name=${service}`,
  });
  const [found, ends] = await Promise.all([cluster.get(objectPath(where, service)), cluster.get(slices)]);
  return judge(found, `Service ${namespace}/${service}, for ${called}`, {
    absent: () => [
      tell(
        `There is no Service ${namespace}/${service}, where ${file} has ${name}.`,
        `${kubectl} get services --all-namespaces`,
        `Write another host as ${path.join('.')} into ${file}.`,
      ),
    ],
    seen: (value) => {
      const object = live(value);
      const ports = object.at('spec', 'ports').items.flatMap((one) => one.at('port').number ?? []);
      if (ports.length > 0 && !ports.includes(port)) {
        return [
          sayError(
            `Service ${namespace}/${service} has ${ports.length === 1 ? 'the port' : 'the ports'} ${enumerate(ports.map(String))}, and ${file} has ${name} at ${port}.`,
            `${kubectl} get service ${service} --namespace ${namespace} --output yaml`,
          ),
        ];
      }
      if (object.at('spec', 'type').text === 'ExternalName') return [sayWell(`${there}.`)];
      return judge(ends, `What Service ${namespace}/${service} leads to`, {
        seen: (list) => [
          liveItems(list).some((slice) => slice.at('endpoints').items.some(isReady))
            ? sayWell(`${there}, which leads to a pod that is ready.`)
            : sayError(
                `Service ${namespace}/${service} leads nowhere, so that nobody reaches ${called}.`,
                `${kubectl} get pods --namespace ${namespace}`,
              ),
        ],
      });
    },
  });
}

/** Unknown counts as ready: https://kubernetes.io/docs/reference/kubernetes-api/service-resources/endpoint-slice-v1/ */
function isReady(endpoint: { readonly get: (...way: string[]) => unknown }): boolean {
  return endpoint.get('conditions', 'ready') !== false;
}

function sayHidden({ name, host, port }: NamedHost, subject: Subject): Finding {
  return sayUnseen(
    `${beginSentence(name)} at ${host}:${port}`,
    'outside of the cluster. The server says whether it answers.',
    logsOf(subject),
  );
}

/** A Valkey by its URL, which stands in a Secret that is not read. */
function hiddenValkey(subject: Subject): readonly Finding[] {
  const { valkey, clusters } = subject.plan.installation;
  return valkey.kind === 'external' && valkey.by === 'url' && subject.cluster === clusters.app
    ? [
        sayUnseen(
          'Valkey',
          `its address stands in the Secret ${valkey.url.secret}, which is not read. The server says whether it answers.`,
          logsOf(subject),
        ),
      ]
    : [];
}

function logsOf({ kubectl, plan }: Subject): string {
  return `${kubectl} logs deployment/${serverName} --namespace ${plan.installation.namespace} --tail=50`;
}
