import { contains } from '../../values/locations.ts';
import type { Check } from '../check.ts';
import { judge, sayError, sayWell } from '../finding.ts';
import { live } from '../live.ts';
import { objectPath } from '../path.ts';

/** Whether the policies let the database and the drill reach the API server where it is. */
export const apiServer: Check = {
  id: 'api-server',
  title: 'Address of the API server',
  isOfLife: false,
  look: async ({ plan, cluster, file }, living) => {
    const { network, database, clusters } = plan.installation;
    if (!network.policies || database.kind !== 'cnpg' || cluster !== clusters.database) return [];
    // The Service default/kubernetes leads to it in every cluster, and policies see where a Service leads.
    const path = objectPath(
      { apiVersion: 'discovery.k8s.io/v1', resource: 'endpointslices', namespace: 'default' },
      'kubernetes',
    );
    return judge(await living.get(path), 'Where the API server listens', {
      seen: (value) => {
        const slice = live(value);
        const addresses = slice.at('endpoints').items.flatMap((endpoint) => endpoint.at('addresses').texts);
        const ports = slice.at('ports').items.flatMap((port) => port.at('port').number ?? []);
        const { flavor, apiServer: known } = network;
        // Cilium knows who the API server is, whatever its address.
        const closed =
          flavor === 'cilium'
            ? []
            : addresses.filter((one) => !known.addresses.some((range) => contains(range, one)));
        const shut = ports.filter((port) => !known.ports.includes(port));
        const where = `The API server listens at ${addresses.join(', ')} on ${ports.join(', ')}`;
        if (closed.length + shut.length === 0) return [sayWell(`${where}, as network.apiServer says.`)];
        const written = addresses.map((one) => `${one}/${one.includes(':') ? 128 : 32}`);
        return [
          sayError(
            `${where}, which network.apiServer does not let the database and the drill reach.`,
            `Write network: { apiServer: { addresses: [${(closed.length === 0 ? known.addresses.map(({ text }) => text) : written).join(', ')}], ports: [${ports.join(', ')}] } } into ${file}.`,
          ),
        ];
      },
    });
  },
};
