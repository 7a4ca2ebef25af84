import { Valkey, ValkeyClaim } from '../../lib/components/valkey.ts';
import { Checked } from '../../lib/schema/checked.ts';
import { edited, home } from '../installation/example.ts';
import { built, installationOf, objectIn } from './built.ts';

function valkeyOf(section: string): string {
  const { valkey: described, namespace } = installationOf(
    edited(home, ['route:', `valkey: ${section}\nroute:`]),
  );
  if (described.kind === 'external') throw new Error('Another Valkey is used.');
  const props = { namespace, valkey: new Checked(described) };
  // They belong to two layers, so that both may call their objects the same.
  const app = built((chart) => new Valkey(chart, 'valkey', { ...props, hasClaim: false }));
  const storage = built((chart) => new ValkeyClaim(chart, 'claim', props));
  return storage === '' ? app : `${app}---\n${storage}`;
}

const configurationOf = (text: string): string => objectIn(text, 'ConfigMap').data['valkey.conf'];
const podOf = (text: string) => objectIn(text, 'Deployment').spec.template.spec;

test('without a volume', () => {
  expect(valkeyOf('{}')).toMatchSnapshot();
});

test('with a volume it writes its jobs down, on a claim that is kept', () => {
  const text = valkeyOf('{ persistence: { storageClass: longhorn } }');
  expect(objectIn(text, 'PersistentVolumeClaim')).toMatchSnapshot();
  expect(configurationOf(text)).toContain('appendonly yes\n');
  expect(configurationOf(valkeyOf('{}'))).toContain('appendonly no\n');
  expect(podOf(text).volumes).toContainEqual({
    name: 'data',
    persistentVolumeClaim: { claimName: 'immich-valkey' },
  });
});

test('with a password from a secret, which stands nowhere', () => {
  const text = valkeyOf('{ password: { secret: immich-valkey, key: password } }');
  const { args, env } = podOf(text).containers[0];
  expect(env).toEqual([
    { name: 'VALKEY_PASSWORD', valueFrom: { secretKeyRef: { name: 'immich-valkey', key: 'password' } } },
  ]);
  expect(args).toEqual(['valkey-server', '/etc/valkey/valkey.conf', '--requirepass', '$(VALKEY_PASSWORD)']);
});

test('is full before it is killed', () => {
  const memory = (limits: string) => configurationOf(valkeyOf(`{ resources: { limits: ${limits} } }`));
  expect(configurationOf(valkeyOf('{}'))).toContain('maxmemory 768mb\n');
  expect(memory('{ memory: 2G }')).toContain('maxmemory 1430mb\n');
  expect(memory('{ cpu: "1" }')).not.toContain('maxmemory ');
});

test('never throws jobs away, and starts anew when its configuration changes', () => {
  const checksums = ['{}', '{ persistence: { storageClass: longhorn } }'].map((section) => {
    const text = valkeyOf(section);
    expect(configurationOf(text)).toContain('maxmemory-policy noeviction\n');
    return objectIn(text, 'Deployment').spec.template.metadata.annotations['checksum/configuration'];
  });
  expect(checksums[0]).toMatch(/^[0-9a-f]{16}$/);
  expect(checksums[0]).not.toBe(checksums[1]);
});
