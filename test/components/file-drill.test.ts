import { Testing } from 'cdk8s';
import { parse } from 'yaml';
import { FileDrill, type FileDrillProps } from '../../lib/index.ts';
import { synthesize } from '../../lib/synthesis/synthesis.ts';
import { type Edit, edited, home, homeWithoutBackup, tachtit } from '../installation/example.ts';
import { podSecurityViolations } from '../pod-security.ts';

const saved: Edit = [homeWithoutBackup, 'backup: { volsync: {} }'];
const drilled: Edit = ['    backup:\n', '    backup:\n      drill: { files: {} }\n'];

/** What a text is synthesized to: the objects of the drills, by kind and name. */
function drillOf(text: string) {
  const { files, clusters, problems } = synthesize(new Map([['installations/x.yaml', text]]));
  const objects = [...(files ?? [])]
    .filter(([file]) => file.includes('/drill/') && !file.endsWith('kustomization.yaml'))
    .map(([, written]) => parse(written));
  const one = (kind: string, name = 'immich-file-drill') =>
    objects.find((object) => object.kind === kind && object.metadata.name === name);
  return { one, plan: clusters[0]?.plan, problems };
}

const shipped = drillOf(edited(home, saved, drilled));
const podOf = ({ one }: ReturnType<typeof drillOf>) => one('CronJob').spec.jobTemplate.spec.template.spec;

test('it is a CronJob of its own, one at a time, with an end', () => {
  const { spec } = shipped.one('CronJob');
  expect(spec).toMatchObject({ schedule: '30 6 * * 0', concurrencyPolicy: 'Forbid', timeZone: 'Etc/UTC' });
  expect(spec.jobTemplate.spec).toMatchObject({ backoffLimit: 0, activeDeadlineSeconds: 14_400 });
  expect(podSecurityViolations(podOf(shipped))).toEqual([]);
});

test('it may ask Kubernetes nothing, and change neither the list nor the store', () => {
  expect(shipped.one('Role')).toBeUndefined();
  expect(podOf(shipped).automountServiceAccountToken).toBe(false);
  expect(JSON.stringify(podOf(shipped))).not.toContain('serviceAccountToken"');
  const { volumes, containers } = podOf(shipped);
  expect(volumes).toContainEqual({
    name: 'history',
    persistentVolumeClaim: { claimName: 'immich-drill-history', readOnly: true },
  });
  expect(containers[0].volumeMounts).toContainEqual({
    name: 'history',
    mountPath: '/history',
    readOnly: true,
  });
  expect(shipped.one('ConfigMap').data['compare.sh']).toContain('restic --no-lock');
});

test('its Secret is asked for, and keeps nothing from speaking while it is not there', () => {
  expect(shipped.plan?.secrets).toContainEqual({
    cluster: 'home',
    namespace: 'immich-drill',
    name: 'immich-library-restic-read',
    keys: ['RESTIC_REPOSITORY', 'RESTIC_PASSWORD', 'AWS_ACCESS_KEY_ID', 'AWS_SECRET_ACCESS_KEY'],
    type: 'Opaque',
    purpose: 'restic repository of the library for the drill of files, which may read and list only',
  });
  const [{ env }] = podOf(shipped).containers;
  const references = env.flatMap((one: { valueFrom?: object }) => one.valueFrom ?? []);
  expect(references).toHaveLength(4);
  for (const { secretKeyRef } of references) expect(secretKeyRef.optional).toBe(true);
});

test('Azure is opened by a signature that says what may be done, not by the key of the account', () => {
  const text = edited(home, [homeWithoutBackup, 'backup: { volsync: { store: azure } }'], drilled);
  const { keys } =
    drillOf(text).plan?.secrets.find(({ name }) => name === 'immich-library-restic-read') ?? {};
  expect(keys).toEqual(['RESTIC_REPOSITORY', 'RESTIC_PASSWORD', 'AZURE_ACCOUNT_NAME', 'AZURE_ACCOUNT_SAS']);
});

test("Google's key file is a file", () => {
  const pod = podOf(
    drillOf(edited(home, [homeWithoutBackup, 'backup: { volsync: { store: gcs } }'], drilled)),
  );
  const file = '/credentials/GOOGLE_APPLICATION_CREDENTIALS';
  expect(pod.containers[0].env).toContainEqual({ name: 'GOOGLE_APPLICATION_CREDENTIALS', value: file });
  expect(pod.containers[0].volumeMounts).toContainEqual({
    name: 'credentials',
    mountPath: '/credentials',
    readOnly: true,
  });
  expect(pod.volumes).toContainEqual({
    name: 'credentials',
    secret: {
      secretName: 'immich-library-restic-read',
      optional: true,
      items: [{ key: 'GOOGLE_APPLICATION_CREDENTIALS', path: 'GOOGLE_APPLICATION_CREDENTIALS' }],
    },
  });
});

describe('who may talk to whom', () => {
  const ports = (text: string) => {
    const { ingress, egress } = drillOf(text).one('NetworkPolicy').spec;
    expect(ingress).toBeUndefined();
    return egress.map((rule: { ports: { port: number }[] }) => rule.ports.map(({ port }) => port));
  };

  test('the store, also where it may be behind the same proxy, and DNS; not the Kubernetes API', () => {
    expect(ports(edited(home, saved, drilled))).toEqual([[443], [8443], [53, 53]]);
  });

  test('a store of its own, at its port', () => {
    const volsync = 'backup: { volsync: { endpoint: "https://minio.example.org:9000" } }';
    expect(ports(edited(home, [homeWithoutBackup, volsync], drilled))).toEqual([[9000], [53, 53]]);
  });
});

test('the restore drill leaves the list for it, and restores everything until there is one', () => {
  const scripts = shipped.one('ConfigMap', 'immich-drill').data;
  expect(scripts['files.sql']).toContain("'^/data/(upload|library)/'");
  expect(scripts['look.sh']).toContain(`printf '%s\\n' "$files" > /history/files.new`);
  expect(scripts['restore.sh']).toContain('if [ -s /history/files ] &&');
});

test('without it there is nothing of it, in the restore drill neither', () => {
  const { one, plan } = drillOf(edited(home, saved));
  expect(one('CronJob')).toBeUndefined();
  const scripts = one('ConfigMap', 'immich-drill').data;
  expect(Object.keys(scripts)).not.toContain('files.sql');
  expect(JSON.stringify(scripts)).not.toContain('/history/files');
  expect(plan?.fileDrill).toBeUndefined();
});

test('a media location of its own is that of the list and of the restore drill', () => {
  const moved: Edit = ['volumes:\n', 'volumes:\n  mediaLocation: /usr/src/app/upload\n'];
  const scripts = drillOf(edited(home, saved, drilled, moved)).one('ConfigMap', 'immich-drill').data;
  expect(scripts['files.sql']).toContain("'^/usr/src/app/upload/(upload|library)/'");
  expect(scripts['26-paths.sql']).toContain("'/usr/src/app/upload/'");
});

describe('a construct', () => {
  const build = (props: Partial<FileDrillProps>) =>
    new FileDrill(Testing.chart(), 'files', {
      namespace: 'photos-drill',
      cnpg: {
        image: 'ghcr.io/tensorchord/cloudnative-vectorchord:17.10-1.1.1',
        storage: { storageClass: 'fast', size: '20Gi' },
        backup: { s3: { bucket: 'backups', credentials: 'store' }, drill: { files: {} } },
      },
      ...props,
    });

  test('has its name and its pods', () => {
    const { name, pods } = build({ name: 'photos' });
    expect([name, pods.labels]).toEqual(['photos', { 'app.kubernetes.io/name': 'photos' }]);
  });

  test('without a drill of files is refused', () => {
    expect(() =>
      build({
        cnpg: {
          image: 'ghcr.io/tensorchord/cloudnative-vectorchord:17.10-1.1.1',
          storage: { storageClass: 'fast', size: '20Gi' },
          backup: { s3: { bucket: 'backups', credentials: 'store' } },
        },
      }),
    ).toThrow('FileDrill "files": cnpg.backup: There is no drill of files. Write drill: { files: {} }');
  });
});

describe('an installation file', () => {
  const errors = (text: string) =>
    drillOf(text)
      .problems.filter(({ severity }) => severity === 'error')
      .map(({ message }) => message);

  test.each([
    ['whose library has no backup', edited(home, drilled), 'which has no backup'],
    [
      'whose library is backed up by Longhorn',
      edited(home, [homeWithoutBackup, 'backup: { longhorn: {} }'], drilled),
      'whose backups only Longhorn itself can read',
    ],
    [
      'whose library is backed up less often than the drill wants',
      edited(home, [homeWithoutBackup, 'backup: { volsync: { schedule: "0 4 * * 1" } }'], drilled),
      '"3d" is over before the library is backed up again, every Monday at 04:00 UTC',
    ],
  ])('%s is refused', (_, text, words) => {
    expect(errors(text)).toEqual([expect.stringContaining(words)]);
  });

  test('whose drill gives it the time passes', () => {
    const longer: Edit = ['    backup:\n', '    backup:\n      drill: { files: { newest: 9d } }\n'];
    const weekly: Edit = [homeWithoutBackup, 'backup: { volsync: { schedule: "0 4 * * 1" } }'];
    expect(errors(edited(home, weekly, longer))).toEqual([]);
  });

  test('of a database in another cluster has it there', () => {
    const text = edited(
      tachtit,
      ['backup: none, reason: whoever runs the NAS backs it up }', 'backup: { volsync: {} } }'],
      ['    backup:\n', '    backup:\n      drill: { files: {} }\n'],
    );
    const { plan } = drillOf(text);
    expect(plan?.secrets.find(({ name }) => name === 'immich-library-restic-read')?.cluster).toBe(
      'tachtit-data',
    );
  });
});
