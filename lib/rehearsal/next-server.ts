import type { Construct } from 'constructs';
import { secretOf, serviceOf } from '../cnpg/names.ts';
import { Valkey } from '../components/valkey.ts';
import { supportOf } from '../immich/versions.ts';
import { standardMediaLocation } from '../installation/media-location.ts';
import { type Placement, sameNodes } from '../installation/placement.ts';
import type { OwnValkey } from '../installation/valkey.ts';
import { databaseVariables } from '../kubernetes/connections.ts';
import { variables } from '../kubernetes/variable.ts';
import { workload } from '../kubernetes/workload.ts';
import { databaseName, databasePort, serverPort } from '../names.ts';
import { Checked } from '../schema/checked.ts';
import { serverOf, valkeyOf } from './names.ts';
import type { RehearsalPlan } from './rehearsal-plan.ts';

/**
 * The next server and a Valkey of its own, with no pod until the Job of the rehearsal starts them.
 *
 * It has no library, so that the checks of its folders are off: https://docs.immich.app/install/environment-variables
 */
export function nextServer(scope: Construct, { copy, next }: RehearsalPlan): void {
  const { server, valkey, images, version, mediaLocation } = next.installation;
  const { name, namespace, database } = copy;
  const placement = sameNodes(copy.cnpg);
  const queue = new Valkey(scope, 'valkey', {
    namespace,
    name: valkeyOf(name),
    valkey: valkey.kind === 'own' ? new Checked(withoutOthers(valkey, placement)) : {},
    isStopped: true,
  });
  const host = `${serviceOf(database, 'rw')}.${namespace}.svc`;
  workload(scope, {
    name: serverOf(name),
    namespace,
    component: 'server',
    image: images.server,
    replicas: 1,
    isStopped: true,
    rollout: 'recreate',
    user: server.user,
    group: server.group,
    readOnlyRootFilesystem: server.readOnlyRootFilesystem,
    environment: [
      ...variables({
        NO_COLOR: 'true',
        HOME: '/tmp',
        ...(mediaLocation === standardMediaLocation ? {} : { IMMICH_MEDIA_LOCATION: mediaLocation }),
        ...server.environment,
        IMMICH_IGNORE_MOUNT_CHECK_ERRORS: 'true',
      }),
      ...databaseVariables({
        host,
        port: databasePort.number,
        database: databaseName,
        secret: secretOf(database, 'app'),
      }),
      ...queue.environment,
    ],
    arguments: [],
    ports: [serverPort],
    health: { path: supportOf(version).healthPath, port: serverPort.name, startupSeconds: 30 * 60 },
    resources: server.resources,
    mounts: [{ kind: 'empty', volume: 'library', size: '1Gi', path: mediaLocation }],
    preparations: [],
    placement,
    temporarySize: '4Gi',
    graceSeconds: 30,
    podAnnotations: {},
    annotations: {},
  });
}

/** What is not in the namespace of the drill is left out: claims, Secrets, volumes and places of the application. */
function withoutOthers(valkey: OwnValkey, placement: Placement): OwnValkey {
  return {
    ...valkey,
    ...placement,
    persistence: undefined,
    password: undefined,
    environmentFrom: {},
    volumes: undefined,
  };
}
