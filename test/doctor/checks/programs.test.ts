import { kubernetes } from '../../../lib/doctor/checks/kubernetes.ts';
import { programs } from '../../../lib/doctor/checks/programs.ts';
import type { Value } from '../../../lib/manifests/manifest.ts';
import { home } from '../../installation/example.ts';
import { program } from '../healthy.ts';
import { found, subjectOf } from '../living.ts';

async function withPrograms(...items: Value[]) {
  const lines = await found(programs, {
    paths: { '/apis/apps/v1/deployments': { items }, '/apis/apps/v1/daemonsets': { items: [] } },
  });
  return lines.filter((line) => !line.startsWith('  '));
}

const well = [
  program('cnpg-system', 'ghcr.io/cloudnative-pg/plugin-barman-cloud:v0.14.0@sha256:' + 'a'.repeat(64)),
  program('cert-manager', 'docker.io/bitnamilegacy/cert-manager:1.18.2-debian-12'),
  program('flux-system', 'ghcr.io/fluxcd/kustomize-controller:v1.8.0'),
];

test('a program that is missing, does not run, or is too old', async () => {
  const [plugin, ...others] = well;
  expect(plugin).toBeDefined();
  expect(
    await withPrograms(
      program('kube-system', 'docker.io/library/traefik:v2.11.0'),
      program('cnpg-system', 'registry.example.com:5000/mirror/plugin-barman-cloud:v0.5.0'),
      program('cert-manager', 'quay.io/jetstack/cert-manager-controller:v1.20.0', 0),
    ),
  ).toEqual(
    [
      "warning: No Deployment and no DaemonSet has an image of Flux's kustomize-controller: nobody may work on what dist has for it.",
      'error: The Barman Cloud plugin 0.5.0 is older than 0.6, which first tells of backups that failed.',
      'error: Cert-manager 1.20.0 does not run: no pod of cert-manager/cert-manager-controller is ready.',
      'error: Traefik 2.11.0 is older than 3.0, whose rules dist is written in.',
    ].sort((one, other) => order(one) - order(other)),
  );
  expect(await withPrograms(...others)).toContain(
    'warning: No Deployment and no DaemonSet has an image of the Barman Cloud plugin: nobody may work on what dist has for it.',
  );
});

const order = (line: string) =>
  ['Barman', 'ert-manager', 'Traefik', 'Flux'].findIndex((name) => line.includes(name));

test('all of them run, in whatever registry, and without a version in the tag', async () => {
  const told = await withPrograms(
    ...well,
    program('kube-system', 'example.com/mirrored-library-traefik:latest'),
  );
  expect(told.filter((line) => !line.startsWith('well: '))).toEqual([]);
  expect(told).toContain('well: Traefik runs, as kube-system/mirrored-library-traefik.');
});

test('where they may not be listed, it says which are not known', async () => {
  expect(await found(programs, { paths: { '/apis/apps/v1/deployments': 'forbidden' } })).toEqual([
    "unseen: Which of these run: the Barman Cloud plugin, cert-manager, Traefik, Flux's kustomize-controller: jane may not",
  ]);
});

const versions: [server: string, stated: string | undefined, lines: string[]][] = [
  ['v1.34.1+k3s1', undefined, ['well: The API server is v1.34.1+k3s1, which has all that dist uses.']],
  ['v1.34.1', '1.34', ['well: The API server is v1.34.1, which has all that dist uses.']],
  ['v1.35.0', '1.34', ['well: The API server is v1.35.0, which has all that dist uses; the file says 1.34.']],
  [
    'v1.33.4',
    '1.34',
    [
      'error: The API server is v1.33.4, and the file says 1.34.',
      '  Update it, or write kubernetes: "1.33" into installations/home.yaml, and run synth.',
    ],
  ],
  [
    'v1.29.9-gke.1',
    undefined,
    [
      'error: The API server is v1.29.9-gke.1, and dist has a ValidatingAdmissionPolicy, which Kubernetes has from 1.30 on.',
      '  Update it, or write protection: { admission: false }.',
    ],
  ],
];

test.each(versions)('Kubernetes %s where the file says %s', async (gitVersion, stated, lines) => {
  const text = stated === undefined ? home : `kubernetes: "${stated}"\n${home}`;
  expect(await found(kubernetes, { paths: { '/version': { gitVersion } } }, subjectOf(text))).toEqual(lines);
});

test('a card that is claimed needs a Kubernetes that knows claims', async () => {
  const text = `kubernetes: "1.34"\n${home}machineLearning: { gpu: intel-dra }\n`;
  const [line] = await found(
    kubernetes,
    { paths: { '/version': { gitVersion: 'v1.33.0' } } },
    subjectOf(text),
  );
  expect(line).toBe(
    'error: The API server is v1.33.0, and dist has a ResourceClaimTemplate, which Kubernetes has from 1.34 on.',
  );
});
