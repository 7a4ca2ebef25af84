import { clusterLabel } from '../../cnpg/names.ts';
import { placeOf } from '../../installation/named-hosts.ts';
import { loginSecretOf } from '../../plan/connections.ts';
import type { Names } from '../names.ts';
import { bullets, commands, type Section } from '../section.ts';

/** A server that says that it cannot reach its database. */
export function databaseUnreachable({ app, data, namespace, server, installation, plan }: Names): Section {
  const { database } = installation;
  const said = `${app} logs deployment/${server} --namespace ${namespace} --tail=50`;
  if (database.kind === 'external') {
    return {
      title: 'The database cannot be reached',
      blocks: [
        `Whoever runs \`${database.host}\` can see whether it is up. From here:`,
        commands(said, ...serviceCommands(database.host, namespace, app)),
        bullets(
          `\`ECONNREFUSED\` or a timeout: it is away, or policies refuse it: \`network.externalDatabase\` must hold its addresses, and the port is ${database.port}.`,
          `\`password authentication failed\`: the Secret \`${namespace}/${database.password.secret}\` is not what the server knows.`,
          '`ENOTFOUND` or `EAI_AGAIN`: names are not found. `doctor` says whether `network.dns` fits this cluster.',
        ),
      ],
    };
  }
  const { name } = database.cnpg;
  const selected = `--namespace ${namespace} --selector ${clusterLabel}=${name}`;
  return {
    title: 'The database cannot be reached',
    blocks: [
      commands(
        said,
        `${data} get clusters.postgresql.cnpg.io ${name} --namespace ${namespace}`,
        `${data} get pods,pvc ${selected}`,
        `${data} get events --namespace ${namespace} --sort-by .lastTimestamp`,
      ),
      bullets(
        'An instance does not start and its log says `No space left on device`: see "A volume is nearly full". Never delete files in it.',
        `\`password authentication failed\`: the server read an older password than the Secret \`${loginSecretOf(database.cnpg)}\` has now: restart it, \`${app} rollout restart deployment/${server} --namespace ${namespace}\`.`,
        '`ENOTFOUND` or `EAI_AGAIN`: names are not found. `doctor` says whether `network.dns` fits this cluster.',
        ...(plan.isRemote
          ? [
              `A certificate is refused: the authority of \`${name}\` was renewed, and its copy in \`${installation.clusters.app}\` was not; copy it again and restart the server.`,
              `\`${database.cnpg.host}\` must lead to the LoadBalancer of the database: \`${data} get services --namespace ${namespace}\`.`,
            ]
          : []),
        'The Cluster says that it is unrecoverable: "Restore the database to a point in time". Until then delete nothing.',
      ),
    ],
  };
}

/** What shows whether anything stands behind a Service of the cluster. */
function serviceCommands(host: string, ownNamespace: string, app: string): string[] {
  const place = placeOf(host, ownNamespace);
  if (place.kind !== 'service') return [];
  const { service, namespace } = place;
  return [
    `${app} get services ${service} --namespace ${namespace}`,
    `${app} get endpointslices.discovery.k8s.io --namespace ${namespace} --selector kubernetes.io/service-name=${service}`,
  ];
}
