import { adoptRepository } from '../../../lib/adoption/adoption.ts';
import { protectionsFor } from '../../../lib/adoption/protection.ts';
import { filesOf } from '../../../lib/files/texts.ts';
import { readRepository } from '../../../lib/repository/repository.ts';

const immich = `apiVersion: apps/v1
kind: Deployment
metadata: { name: immich, namespace: immich }
spec:
  template:
    spec:
      containers:
        - image: ghcr.io/immich-app/immich-server:v3.3.1
          volumeMounts: [{ name: photos, mountPath: /data }]
      volumes: [{ name: photos, persistentVolumeClaim: { claimName: photos } }]
---
apiVersion: v1
kind: PersistentVolumeClaim
metadata: { name: photos, namespace: immich }
spec: { accessModes: [ReadWriteOnce], storageClassName: fast, resources: { requests: { storage: 1Gi } } }
`;
const application = (name: string, path: string, url: string) => `apiVersion: argoproj.io/v1alpha1
kind: Application
metadata: { name: ${name}, namespace: argo }
spec: { source: { path: ${path}, repoURL: "${url}" } }
`;
const kustomization = `apiVersion: kustomize.toolkit.fluxcd.io/v1
kind: Kustomization
metadata: { name: apps, namespace: flux-system }
spec: { path: ./apps/immich, prune: true, sourceRef: { kind: GitRepository, name: flux-system } }
`;

function adopted(files: { readonly [file: string]: string }) {
  const all = new Map(Object.entries({ 'apps/immich/immich.yaml': immich, ...files }));
  const found = adoptRepository(readRepository(filesOf('.', all)), { name: 'home', schema: undefined });
  if (found?.today === undefined) throw new Error('There is no Immich.');
  expect(found.problems).toEqual([]);
  const [claim] = protectionsFor(found.today).filter(({ object }) =>
    object.startsWith('PersistentVolumeClaim'),
  );
  return { text: found.text, lines: (claim?.lines ?? []).join() };
}

test('what Argo CD applies it goes on to apply, and keeps by annotations of its own', () => {
  const { text, lines } = adopted({
    'argo/others.yaml': application('others', 'apps/others', 'https://git.example.com/others.git'),
    'argo/immich.yaml': application('immich', 'apps/immich', 'https://git.example.com/home.git'),
  });
  expect(text).toContain('deliver: argocd # from argo/immich.yaml:1');
  expect(text).toContain('repository: https://git.example.com/home.git # from argo/immich.yaml:4');
  expect(text).toContain('namespace: argo # from');
  expect(lines).toContain('argocd.argoproj.io/sync-options: Prune=false,Delete=false');
  expect(
    adopted({ 'argo/apps.yaml': application('apps', 'argo', 'https://git.example.com/home.git') }).text,
  ).toContain('deliver: argocd # from');
});

test('what Flux applies stays with Flux, whatever Argo CD applies beside it', () => {
  const { text, lines } = adopted({
    'argo/others.yaml': application('others', 'apps/others', 'https://git.example.com/others.git'),
    'flux/apps.yaml': kustomization,
  });
  expect(text).not.toContain('argocd');
  expect(lines).toContain('kustomize.toolkit.fluxcd.io/prune: disabled');
  expect(lines).not.toContain('argocd');
});
