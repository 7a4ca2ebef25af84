import { Field } from '../../manifests/field.ts';
import type { Check } from '../check.ts';
import { judge, sayError, sayWarning, sayWell } from '../finding.ts';
import { conditionOf, live } from '../live.ts';
import { objectPath } from '../path.ts';

/** Whether the issuers that certificates in dist name are there and work. */
export const issuers: Check = {
  id: 'issuers',
  title: 'Issuers of certificates',
  isOfLife: false,
  look: async ({ manifests, kubectl, file }, cluster) => {
    const wanted = manifests
      .filter(
        ({ object }) => object.apiVersion.startsWith('cert-manager.io/') && object.kind === 'Certificate',
      )
      .map((manifest) => {
        const reference = Field.of(manifest).at('spec', 'issuerRef');
        const kind = reference.at('kind').text ?? 'Issuer';
        return {
          kind,
          name: reference.at('name').text ?? '',
          namespace: manifest.object.metadata?.namespace,
        };
      });
    const looked = wanted.map(async ({ kind, name, namespace }) => {
      const isOfAll = kind === 'ClusterIssuer';
      const path = objectPath(
        {
          apiVersion: 'cert-manager.io/v1',
          resource: isOfAll ? 'clusterissuers' : 'issuers',
          namespace: isOfAll ? undefined : namespace,
        },
        name,
      );
      const called = `${kind} ${isOfAll ? '' : `${namespace}/`}${name}`;
      const place = isOfAll ? '' : ` --namespace ${namespace}`;
      return judge(await cluster.get(path), called, {
        seen: (value) => {
          const ready = conditionOf(live(value), 'Ready');
          const message = ready?.at('message').text ?? '';
          if (ready?.at('status').text === 'True') return [sayWell(`${called} is ready.`)];
          return ready === undefined
            ? [sayWarning(`${called} says nothing of itself yet. Does cert-manager run?`)]
            : [
                sayError(
                  `${called} is not ready: ${message}`,
                  `${kubectl} describe ${kind.toLowerCase()}s.cert-manager.io ${name}${place}`,
                ),
              ];
        },
        absent: () => [
          sayError(
            `${called} is missing, so that there will be no certificate.`,
            `${kubectl} get ${kind.toLowerCase()}s.cert-manager.io${place}`,
            `Write one of those as route.certificate into ${file}, or make it: https://cert-manager.io/docs/configuration/`,
          ),
        ],
      });
    });
    return (await Promise.all(looked)).flat();
  },
};
