import { audit } from '../../../../lib/audit/audit.ts';
import { server } from '../../../../lib/audit/examples.ts';
import { duplicateObject } from '../../../../lib/audit/rules/layers/duplicate-object.ts';
import { filesOf } from '../../../../lib/files/texts.ts';
import { readRepository } from '../../../../lib/repository/repository.ts';

const release = `apiVersion: helm.toolkit.fluxcd.io/v2
kind: HelmRelease
metadata: { name: immich, namespace: immich }
spec:
  chart: { spec: { chart: app-template } }
  values:
    controllers: { server: { containers: { app: { image: { repository: ghcr.io/immich-app/immich-server, tag: v3.3.1 } } } } }
    service:
      a: { controller: server, nameOverride: one, ports: { http: { port: 2283 } } }
      b: { controller: server, nameOverride: one, ports: { http: { port: 2283 } } }
`;

function told(files: Readonly<Record<string, string>>): string[] {
  const all = {
    ...files,
    'kustomization.yaml': `apiVersion: kustomize.config.k8s.io/v1beta1\nkind: Kustomization\nresources: [${Object.keys(files).join(', ')}]\n`,
  };
  const { inventory } = readRepository(filesOf('repository', new Map(Object.entries(all))));
  return audit(inventory, [duplicateObject]).map(({ file }) => file);
}

test('what one release makes twice is for Helm to refuse', () => {
  expect(told({ 'release.yaml': release })).toEqual([]);
  expect(told({ 'a.yaml': server(''), 'b.yaml': server('') })).toEqual(['b.yaml']);
});
