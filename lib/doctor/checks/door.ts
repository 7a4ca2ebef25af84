import type { Field } from '../../manifests/field.ts';
import { routeName } from '../../names.ts';
import type { Check, Subject } from '../check.ts';
import type { LivingCluster } from '../cluster.ts';
import { type Finding, judge, sayError, sayWarning, sayWell } from '../finding.ts';
import { live } from '../live.ts';
import { objectPath } from '../path.ts';

/** Whether the door has taken the route: what a Gateway, an Ingress controller or Tailscale says of it. */
export const door: Check = {
  id: 'door',
  title: 'Door',
  isOfLife: true,
  look: async (subject, cluster) => {
    const { route, clusters } = subject.plan.installation;
    if (subject.cluster !== clusters.app) return [];
    switch (route.door.kind) {
      case 'gateway':
        return lookAtHttpRoute(subject, cluster);
      case 'ingress':
      case 'tailscale':
        return lookAtIngress(subject, cluster);
      // Traefik says nothing of its own routes, and without a door there is none.
      case 'traefik':
      case 'none':
        return [];
    }
  },
};

/** https://gateway-api.sigs.k8s.io/reference/spec/#routeparentstatus */
async function lookAtHttpRoute(subject: Subject, cluster: LivingCluster): Promise<readonly Finding[]> {
  const { namespace } = subject.plan.installation;
  const called = `HTTPRoute ${namespace}/${routeName}`;
  const describe = `${subject.kubectl} describe httproutes.gateway.networking.k8s.io ${routeName} --namespace ${namespace}`;
  const place = { apiVersion: 'gateway.networking.k8s.io/v1', resource: 'httproutes', namespace };
  return judge(await cluster.get(objectPath(place, routeName)), called, {
    seen: (value) => {
      const parents = live(value).at('status', 'parents').items;
      if (parents.length === 0) {
        return [sayWarning(`${called}: no Gateway has said anything of it yet.`, describe)];
      }
      return parents.map((parent) => {
        const gateway = `Gateway ${parent.at('parentRef', 'namespace').text ?? namespace}/${parent.at('parentRef', 'name').text}`;
        const refused = parent.at('conditions').items.find((one) => isOff(one));
        return refused === undefined
          ? sayWell(`${gateway} has taken ${called}.`)
          : sayError(
              `${gateway} does not serve ${called}: ${refused.at('message').text ?? refused.at('reason').text ?? 'no reason is given'}`,
              describe,
            );
      });
    },
  });
}

function isOff(condition: Field): boolean {
  const type = condition.at('type').text ?? '';
  return ['Accepted', 'ResolvedRefs'].includes(type) && condition.at('status').text === 'False';
}

async function lookAtIngress(subject: Subject, cluster: LivingCluster): Promise<readonly Finding[]> {
  const { namespace } = subject.plan.installation;
  const called = `Ingress ${namespace}/${routeName}`;
  const place = { apiVersion: 'networking.k8s.io/v1', resource: 'ingresses', namespace };
  return judge(await cluster.get(objectPath(place, routeName)), called, {
    seen: (value) => {
      const ends = live(value).at('status', 'loadBalancer', 'ingress').items;
      const addresses = ends.flatMap((end) => end.at('hostname').text ?? end.at('ip').text ?? []);
      return addresses.length === 0
        ? [
            // Some controllers never write one.
            sayWarning(
              `${called} has no address: its controller has not taken it yet, or writes none.`,
              `${subject.kubectl} describe ingresses.networking.k8s.io ${routeName} --namespace ${namespace}`,
            ),
          ]
        : [sayWell(`${called} answers at ${addresses.join(', ')}.`)];
    },
  });
}
