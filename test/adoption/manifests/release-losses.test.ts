import { adoptRepository } from '../../../lib/adoption/adoption.ts';
import { filesOf } from '../../../lib/files/texts.ts';
import { readRepository } from '../../../lib/repository/repository.ts';

const release = (spec: string, values: string) => `apiVersion: helm.toolkit.fluxcd.io/v2
kind: HelmRelease
metadata: { name: pics, namespace: pics }
spec:
  chart: { spec: { chart: immich, version: 0.9.3, sourceRef: { kind: HelmRepository, name: immich, namespace: flux-system } } }
  ${spec}
  values:
    image: { tag: v2.5.6 }
    immich: { persistence: { library: { existingClaim: pics-library } } }
    ${values}
`;

/** The adopted file, with its comments on one line each. */
function adopted(...texts: readonly string[]): string {
  const files = new Map([['hr.yaml', texts.join('---\n')]]);
  const found = adoptRepository(readRepository(filesOf('.', files)), { name: 'home', schema: undefined });
  expect(found?.problems).toEqual([]);
  return (found?.text ?? '').replace(/\n *# (?!from)/g, ' ');
}

test('a PostgreSQL that goes with the release is told before anything is removed', () => {
  expect(adopted(release('interval: 1h', 'postgresql: { enabled: true }'))).toContain(
    'PostgreSQL is part of the release of the chart today, and goes with it',
  );
  expect(adopted(release('interval: 1h', 'postgresql: { enabled: false }'))).not.toContain(
    'is part of the release',
  );
});

test('values that stand elsewhere are told where they were not found', () => {
  const from = 'valuesFrom: [{ kind: ConfigMap, name: pics-values }]';
  expect(adopted(release(from, 'env: {}'))).toContain(
    'The release also has values from the ConfigMap pics-values, which these files do not show',
  );
  const there =
    'apiVersion: v1\nkind: ConfigMap\nmetadata: { name: pics-values, namespace: pics }\ndata: { values.yaml: "{}" }\n';
  expect(adopted(release(from, 'env: {}'), there)).not.toContain('also has values from');
});
