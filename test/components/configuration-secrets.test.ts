import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parse } from 'yaml';
import { planOf } from '../../lib/plan/plan.ts';
import { synthesize } from '../../lib/synthesis/synthesis.ts';
import { edited, errorsIn, home } from '../installation/example.ts';
import { installationOf } from './built.ts';

type Seen = ReturnType<typeof JSON.parse>;

const config = `config:
  oauth: { enabled: true, issuerUrl: "https://auth.example.net", clientId: immich, clientSecret: { secret: oauth, key: secret } }
  notifications: { smtp: { enabled: true, transport: { host: mail.example.net, password: { secret: mail, key: password } } } }`;

const text = edited(home, ['route:', `${config}\nroute:`]);

function synthesized() {
  const { clusters, problems, findings, files } = synthesize(new Map([['installations/home.yaml', text]]));
  expect(problems.filter(({ severity }) => severity === 'error')).toEqual([]);
  expect(findings).toEqual([]);
  const objects: Seen[] = JSON.parse(
    JSON.stringify(clusters.flatMap(({ manifests }) => manifests.map(({ object }) => object))),
  );
  const find = (kind: string, name: string) =>
    objects.find((one) => one.kind === kind && one.metadata.name === name);
  return { pod: find('Deployment', 'immich-server').spec.template.spec, find, files };
}

/** Runs the command of the init container on the file of dist, in a folder of its own. */
function filled(secrets: { readonly [name: string]: string }): Seen {
  const { pod, find } = synthesized();
  const [node, ...rest]: string[] = pod.initContainers[0].command;
  const folder = mkdtempSync(join(tmpdir(), 'configuration-'));
  try {
    writeFileSync(join(folder, 'plain.yaml'), find('ConfigMap', 'immich-config').data['immich.yaml']);
    const run = () =>
      execFileSync(
        process.execPath,
        [...rest.slice(0, 2), join(folder, 'plain.yaml'), join(folder, 'whole.yaml')],
        { env: secrets, stdio: 'pipe' },
      );
    expect(node).toBe('node');
    run();
    // A pod whose containers all start anew runs it again.
    run();
    return parse(readFileSync(join(folder, 'whole.yaml'), 'utf8'));
  } finally {
    rmSync(folder, { recursive: true });
  }
}

const variables = (pod: Seen): Seen[] => pod.initContainers[0].env;

test('the command of the pod puts the secrets into the file, whatever is in them', () => {
  const [first, second] = variables(synthesized().pod).map(({ name }) => name);
  const awkward = 'a"b\\c: #{d}\n%e $& é';
  const whole = filled({ [first]: awkward, [second]: 'plain\n' });
  expect(whole.oauth).toEqual({
    enabled: true,
    issuerUrl: 'https://auth.example.net',
    clientId: 'immich',
    clientSecret: awkward,
  });
  expect(whole.notifications.smtp.transport).toEqual({ host: 'mail.example.net', password: 'plain' });
});

test('it fails where a secret is empty, and says no value', () => {
  const [first] = variables(synthesized().pod).map(({ name }) => name);
  expect(() => filled({ [first]: 'hunter2' })).toThrow(/IMMICH_CONFIGURATION_SECRET_1 is empty/);
  expect(() => filled({ [first]: 'hunter2' })).not.toThrow(/hunter2/);
});

test('the pod reads them out of Secrets by the image of the server, and keeps the file in memory', () => {
  const { pod } = synthesized();
  const [init] = pod.initContainers;
  const [server] = pod.containers;
  expect(init.image).toBe(server.image);
  expect(init.env).toEqual([
    { name: 'IMMICH_CONFIGURATION_SECRET_0', valueFrom: { secretKeyRef: { name: 'oauth', key: 'secret' } } },
    { name: 'IMMICH_CONFIGURATION_SECRET_1', valueFrom: { secretKeyRef: { name: 'mail', key: 'password' } } },
  ]);
  expect(server.env).toContainEqual({ name: 'IMMICH_CONFIG_FILE', value: '/etc/immich/immich.yaml' });
  expect(server.volumeMounts).toContainEqual({ name: 'filled-configuration', mountPath: '/etc/immich' });
  expect(init.command.slice(-2)).toEqual(['/etc/immich-plain/immich.yaml', '/etc/immich/immich.yaml']);
  expect(pod.volumes).toContainEqual({
    name: 'filled-configuration',
    emptyDir: { medium: 'Memory', sizeLimit: '1Mi' },
  });
});

test('both Secrets must exist', () => {
  expect(planOf(installationOf(text)).secrets).toEqual(
    expect.arrayContaining([
      expect.objectContaining({ namespace: 'immich', name: 'oauth', keys: ['secret'] }),
      expect.objectContaining({ namespace: 'immich', name: 'mail', keys: ['password'] }),
    ]),
  );
});

test('without any the file is mounted as it is', () => {
  const plain = synthesize(
    new Map([
      ['installations/home.yaml', edited(home, ['route:', 'config: { trash: { days: 9 } }\nroute:'])],
    ]),
  );
  expect([...(plain.files?.values() ?? [])].join('\n')).not.toContain('filled-configuration');
});

test('a secret itself is refused, and not repeated', () => {
  const typed = edited(text, ['{ secret: oauth, key: secret }', 'hunter2secret']);
  expect(errorsIn(typed)).toEqual([
    expect.stringContaining('A secret must not stand in an installation file.'),
  ]);
  expect(errorsIn(typed).join()).not.toContain('hunter2secret');
});
