import type {
  CnpgSection,
  DatabaseBackupSection,
  MachineLearningSection,
  RouteSection,
  ServerSection,
  ValkeySection,
  VolumeSection,
} from '../../imports/sections.ts';
import { cnpg } from '../../lib/installation/cnpg.ts';
import { machineLearning } from '../../lib/installation/machine-learning.ts';
import { route } from '../../lib/installation/route.ts';
import { server } from '../../lib/installation/server.ts';
import { valkey } from '../../lib/installation/valkey.ts';
import { volume } from '../../lib/installation/volume.ts';
import { Place, type Problem } from '../../lib/schema/place.ts';
import type { Schema } from '../../lib/schema/schema.ts';

// The compiler is half of this test: `npm run check` fails where a value does not compile that should, or the reverse.

const backup: DatabaseBackupSection = {
  s3: { bucket: 'backups', endpoint: undefined, credentials: 'store' },
  gcs: undefined,
  schedule: '0 0 3 * * *',
};
const servers: ServerSection[] = [
  {},
  { replicas: 2, microservices: { separate: true }, resources: undefined },
  { resources: { requests: { cpu: 2 }, limits: { cpu: '2', memory: undefined } }, environment: { A: 'b' } },
  { trustedProxies: ['10.42.0.0/16'], image: undefined },
];
const learning: MachineLearningSection[] = [{}, { offline: true, replicas: undefined }];
const queues: ValkeySection[] = [
  {},
  { persistence: { storageClass: 'fast' }, password: { secret: 'queue', key: 'password' } },
  { persistence: undefined, password: undefined },
];
const image = 'ghcr.io/tensorchord/cloudnative-vectorchord:17.10-1.1.1';
const storage = { storageClass: 'fast', size: '20Gi' };
const databases: CnpgSection[] = [
  { image, storage, backup },
  {
    image,
    storage,
    walStorage: undefined,
    backup: 'none',
    reason: 'a test',
    parameters: { work_mem: '32MB' },
  },
];
const routes: RouteSection[] = [
  {},
  { certificate: { secret: 'ours' }, middlewares: [] },
  { certificate: undefined, authentication: { middleware: 'login' }, traefik: { k3s: true } },
];
const volumes: VolumeSection[] = [
  { storageClass: 'fast', size: '1Ti', backup: undefined },
  { nfs: { server: 'nas.example.net', path: '/export' }, size: '1Ti', storageClass: undefined },
  { existingClaim: 'photos' },
];

/** What is told of a value as an error. */
function errorsOf(schema: Schema<unknown>, value: unknown): string[] {
  const problems: Problem[] = [];
  schema.read(value, new Place([], problems));
  return problems.filter(({ severity }) => severity === 'error').map(({ message }) => message);
}

describe('what compiles is read without an error', () => {
  test.each<[string, Schema<unknown>, readonly unknown[]]>([
    ['server', server, servers],
    ['machineLearning', machineLearning, learning],
    ['valkey', valkey, queues],
    ['database.cnpg', cnpg, databases],
    ['route', route, routes],
    ['volumes', volume, volumes],
  ])('%s', (_, schema, values) => {
    expect(values.map((value) => errorsOf(schema, value))).toEqual(values.map(() => []));
  });
});

describe('what does not compile is refused', () => {
  // @ts-expect-error: replicas is a number
  const textForNumber: ServerSection = { replicas: '2' };
  // @ts-expect-error: there is no such key
  const unknownKey: ServerSection = { replica: 2 };
  // @ts-expect-error: memory is a text with its unit
  const numberForText: MachineLearningSection = { resources: { limits: { memory: 4 } } };
  // @ts-expect-error: a claim needs its storage class
  const missingKey: ValkeySection = { persistence: { size: '1Gi' } };
  // @ts-expect-error: a database needs a backup, or none with a reason
  const noBackup: CnpgSection = { image, storage };
  // @ts-expect-error: one word is known
  const otherWord: CnpgSection = { image, storage, backup: 'never' };
  // @ts-expect-error: a database names its image
  const noImage: CnpgSection = { storage, backup };
  // @ts-expect-error: flags are true or false
  const textForFlag: RouteSection = { traefik: { k3s: 'yes' } };
  // @ts-expect-error: a list, not a single name
  const oneForList: RouteSection = { middlewares: 'login' };
  // @ts-expect-error: a volume needs its size
  const noSize: VolumeSection = { storageClass: 'fast' };
  // @ts-expect-error: an access mode is one of two words
  const wrongMode: VolumeSection = { existingClaim: 'photos', accessMode: 'ReadOnlyMany' };
  // @ts-expect-error: an NFS export has no access mode of its own
  const keyOfAnother: VolumeSection = {
    nfs: { server: 'a', path: '/b' },
    size: '1Ti',
    accessMode: 'ReadWriteMany',
  };

  test.each<[string, Schema<unknown>, unknown]>([
    ['a key of another alternative', volume, keyOfAnother],
    ['a text for a number', server, textForNumber],
    ['an unknown key', server, unknownKey],
    ['a number for a text', machineLearning, numberForText],
    ['a missing key', valkey, missingKey],
    ['a database without a backup', cnpg, noBackup],
    ['another word', cnpg, otherWord],
    ['no image', cnpg, noImage],
    ['a text for a flag', route, textForFlag],
    ['one for a list', route, oneForList],
    ['a volume without a size', volume, noSize],
    ['another mode', volume, wrongMode],
  ])('%s', (_, schema, value) => {
    expect(errorsOf(schema, value)).not.toEqual([]);
  });
});
