import type { Texts } from './trees.ts';

/** A change that somebody reviewed by hand in public, with manifests of the same form, made for the test. */
export interface ReviewedByHand {
  readonly url: string;
  readonly before: Texts;
  readonly after: Texts;
}

const appTemplate = (name: string, image: string, tag: string) => `apiVersion: helm.toolkit.fluxcd.io/v2
kind: HelmRelease
metadata:
  name: ${name}
  namespace: media
spec:
  chartRef: { kind: OCIRepository, name: app-template }
  values:
    controllers:
      ${name}:
        containers:
          app:
            image:
              repository: ghcr.io/immich-app/${image}
              tag: ${tag}
`;

/** Two releases of app-template, of which the server stayed behind. */
const apart = (server: string): Texts => ({
  'kubernetes/apps/media/immich/app/server/helmrelease.yaml': appTemplate(
    'immich-server',
    'immich-server',
    server,
  ),
  'kubernetes/apps/media/immich/app/machine-learning/helmrelease.yaml': appTemplate(
    'immich-machine-learning',
    'immich-machine-learning',
    'v3.1.0',
  ),
});

/** The official chart, with its values in a config map that kustomize makes. */
const chartWithValues = (tag: string): Texts => ({
  'apps/photos/immich.yaml': `apiVersion: helm.toolkit.fluxcd.io/v2
kind: HelmRelease
metadata:
  name: immich
  namespace: photos
spec:
  chart:
    spec:
      chart: immich
      version: 0.12.0
      sourceRef: { kind: HelmRepository, name: immich }
  valuesFrom:
    - kind: ConfigMap
      name: immich-values
`,
  'apps/photos/kustomization.yaml': `apiVersion: kustomize.config.k8s.io/v1beta1
kind: Kustomization
namespace: photos
resources: [immich.yaml, database.yaml]
configMapGenerator:
  - name: immich-values
    files: [values.yaml=values.yaml]
configurations: [references.yaml]
`,
  'apps/photos/references.yaml': `nameReference:
  - kind: ConfigMap
    version: v1
    fieldSpecs:
      - { path: spec/valuesFrom/name, kind: HelmRelease }
`,
  'apps/photos/values.yaml': `controllers: { main: { containers: { main: { image: { tag: ${tag} } } } } }
immich:
  persistence:
    library:
      existingClaim: library
server:
  enabled: true
machine-learning:
  enabled: true
`,
  'apps/photos/database.yaml': `apiVersion: postgresql.cnpg.io/v1
kind: Cluster
metadata:
  name: postgres
spec:
  instances: 1
  imageName: ghcr.io/tensorchord/cloudnative-pgvecto.rs:16.5-v0.3.0
  storage: { size: 10Gi }
`,
});

/** The official chart by kustomize, which inflates it. */
const inflated = (tag: string, env: string): Texts => ({
  'home/immich/kustomization.yaml': `apiVersion: kustomize.config.k8s.io/v1beta1
kind: Kustomization
namespace: home
helmCharts:
  - name: immich
    releaseName: immich
    namespace: home
    version: 0.9.0
    repo: https://immich-app.github.io/immich-charts
    valuesInline:
      image:
        tag: ${tag}
      immich:
        persistence:
          library:
            existingClaim: immich-library
      server:
        enabled: true
      machine-learning:
        enabled: true
      env:
        DB_HOSTNAME: immich-postgresql.home.svc.cluster.local
${env}resources: [pvc.yaml]
`,
  'home/immich/pvc.yaml': `apiVersion: v1
kind: PersistentVolumeClaim
metadata:
  name: immich-library
spec:
  accessModes: [ReadWriteOnce]
  resources: { requests: { storage: 500Gi } }
`,
});

export const reviewedByHand = {
  serverBehind: {
    url: 'https://github.com/rwlove/home-ops/pull/13481',
    before: apart('v3.0.2'),
    after: apart('v3.1.0'),
  },
  severalMinors: {
    url: 'https://github.com/thaum-xyz/ankhmorpork/pull/979',
    before: chartWithValues('v2.3.1'),
    after: chartWithValues('v2.7.0'),
  },
  major: {
    url: 'https://github.com/Androz2091/k8s-infrastructure/pull/46',
    before: inflated('v2.7.5', ''),
    after: inflated('v3.1.0', '        IMMICH_MEDIA_LOCATION: /usr/src/app/upload\n'),
  },
} satisfies { readonly [name: string]: ReviewedByHand };
