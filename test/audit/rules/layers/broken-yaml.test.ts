import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { nodeFiles } from '../../../../cli/node-files.ts';
import { audit } from '../../../../lib/audit/audit.ts';
import { brokenYaml } from '../../../../lib/audit/rules/layers/broken-yaml.ts';
import { readRepository } from '../../../../lib/repository/repository.ts';

const broken = 'apiVersion: v1\nkind: Service\nmetadata: { name: immich }\nspec:\n  a: [1\n  b: 2\n';

const list = (entry: string) =>
  `apiVersion: kustomize.config.k8s.io/v1beta1\nkind: Kustomization\nresources: [${entry}]\n`;

const flux =
  'apiVersion: kustomize.toolkit.fluxcd.io/v1\nkind: Kustomization\nmetadata: { name: immich }\nspec:\n  path: ./app\n';

const twice =
  '# One\n---\napiVersion: v1\nkind: Service\nmetadata: { name: immich }\nspec:\n  type: ClusterIP\n\n  # Once more\n  type: NodePort\n';

const immich = { 'app/map.yaml': 'apiVersion: v1\nkind: ConfigMap\nmetadata: { name: immich }\n' };

test.each([
  ['alone', { 'app/service.yaml': broken }, ['error app/service.yaml:6']],
  [
    'applied by Flux',
    { 'ks.yaml': flux, 'app/kustomization.yaml': list('service.yaml'), 'app/service.yaml': broken },
    ['error app/service.yaml:6'],
  ],
  [
    'beside what is applied',
    {
      'ks.yaml': flux,
      'app/kustomization.yaml': list('other.yaml'),
      'app/other.yaml': 'apiVersion: v1\nkind: ConfigMap\nmetadata: { name: immich }\n',
      'app/service.yaml': broken,
    },
    ['info app/service.yaml:6'],
  ],
  ['a template', { 'app/service.yaml': `${broken}{{ if .Values.a }}\n` }, []],
  [
    'so that it does not say what it is, in a list',
    {
      'app/kustomization.yaml': list('immich.yaml'),
      'app/immich.yaml': ' apiVersion: v1\nkind: Service\n',
      ...immich,
    },
    ['error app/immich.yaml:2'],
  ],
  [
    'so that it does not say what it is, in no list',
    { 'app/immich.yaml': ' apiVersion: v1\nkind: Service\n', ...immich },
    [],
  ],
  [
    'as a patch',
    {
      'app/kustomization.yaml':
        'apiVersion: kustomize.config.k8s.io/v1beta1\nkind: Kustomization\npatches: [{ path: patch.yaml }]\n',
      'app/patch.yaml': broken,
    },
    ['error app/patch.yaml:6'],
  ],
  [
    'with a key twice, applied by Flux',
    { 'ks.yaml': flux, 'app/kustomization.yaml': list('service.yaml'), 'app/service.yaml': twice },
    ['error app/service.yaml:10'],
  ],
  [
    'with a key twice, in a folder that kustomize does not build',
    { 'app/service.yaml': twice },
    ['warning app/service.yaml:10'],
  ],
  ['with a key twice, put away', { 'archive/service.yaml': twice }, ['info archive/service.yaml:10']],
  [
    'with a key once in each branch of a template',
    {
      'app/kustomization.yaml': list('service.yaml'),
      'app/service.yaml': twice.replace('  type: NodePort', '#% else %#\n  type: NodePort'),
    },
    [],
  ],
  [
    'with one mapping merged into another',
    {
      'app/kustomization.yaml': list('service.yaml'),
      'app/service.yaml': `${immich['app/map.yaml']}a: &a { x: 1 }\nb: { <<: *a, x: 2 }\n`,
    },
    [],
  ],
  ['a template that fills nothing in', { 'chart/templates/service.yaml': broken }, []],
  ['nothing of Immich', { 'app/service.yaml': broken.replace('{ name: immich }', '\n  name: other') }, []],
  ['right', { 'app/service.yaml': broken.replace('[1', '1') }, []],
])('broken-yaml: %s', (_, files, expected) => {
  const folder = mkdtempSync(join(tmpdir(), 'broken-'));
  try {
    for (const [file, text] of Object.entries(files)) {
      mkdirSync(join(folder, dirname(file)), { recursive: true });
      writeFileSync(join(folder, file), text);
    }
    const findings = audit(readRepository(nodeFiles(folder)).inventory, [brokenYaml]);
    expect(findings.map(({ severity, file, line }) => `${severity} ${file}:${line}`)).toEqual(expected);
  } finally {
    rmSync(folder, { recursive: true });
  }
});
