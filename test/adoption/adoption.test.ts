import { adoptRepository } from '../../lib/adoption/adoption.ts';
import { filesOf } from '../../lib/files/texts.ts';
import { parseInstallation } from '../../lib/installation/parse.ts';
import { readRepository } from '../../lib/repository/repository.ts';
import { synthesize } from '../../lib/synthesis/synthesis.ts';
import { walked } from './walked.ts';

const naming = { name: 'home', schema: undefined };

/** The same for manifests in a text. */
function adoptedText(text: string) {
  return adoptRepository(readRepository(filesOf('.', new Map([['immich.yaml', text]]))), naming);
}

describe('plain manifests', () => {
  const { text, standIn, problems } = walked('plain').adoption;

  test('synth accepts the file once its marks are filled in, and names them until then', () => {
    expect(problems).toEqual([]);
    expect(synthesize(new Map([['home.yaml', standIn]])).files).toBeDefined();
    const marks = parseInstallation('home.yaml', text).problems.filter(
      ({ severity }) => severity === 'error',
    );
    expect(marks.map(({ key }) => key)).toEqual(['volumes.library.reason']);
  });

  test('what holds data keeps its name, with the place where it was read', () => {
    expect(text).toContain('    claim: photos # from apps/photos/data.yaml:8\n');
    expect(text).toContain('    name: photos-db # from apps/photos/database.yaml:4\n');
    expect(text).toContain('    lineage: v2 # from apps/photos/database.yaml:23\n');
    expect(text).toContain('        folder: photos # from apps/photos/database.yaml:31\n');
    expect(text).toContain('  source:\n    name: home # from flux/photos.yaml:8\n');
  });

  test('photos that stand elsewhere are an external library at the same path', () => {
    expect(text).toContain(
      '    mnt-family:\n      nfs: { server: nas.example.net, path: /export/family } # from',
    );
    expect(text).toContain('      path: /mnt/family # from apps/photos/immich.yaml:34\n');
  });

  test('what is made anew stands as a comment with its place and the reason', () => {
    expect(text).toMatch(
      /# apps\/photos\/immich\.yaml:74: Deployment immich-redis is replaced by a Valkey of dist\./,
    );
  });
});

describe('an app-template release in a namespace of many', () => {
  const { text, problems } = walked('app-template').adoption;

  test('is read with what others live there, whose claims and servers stay what they are', () => {
    expect(problems).toEqual([]);
    expect(text).toContain('sharedNamespace: true # from apps/media/other.yaml:1');
    expect(text).toContain('existingClaim: immich-library # from apps/media/immich/helmrelease.yaml:58');
    expect(text).toContain('host: postgres-rw.database.svc.cluster.local # from');
    expect(text).toContain('host: dragonfly.database.svc.cluster.local # from');
    expect(text).toContain('user: 568 # from');
    expect(text).toContain('parents: [{ name: external, namespace: network, section: https }] # from');
    expect(text).toContain('template: "{{y}}/{{MM}}/{{filename}}" # from apps/media/immich/config.yaml:5');
  });

  test('its graphics cards are asked for by the word that most people have for them', () => {
    expect(text).toContain('  gpu: intel # from apps/media/immich/helmrelease.yaml:35\n');
    expect(text).toContain('  gpu: intel # from apps/media/immich/helmrelease.yaml:43\n');
  });
});

describe("Immich's own chart", () => {
  const { text, problems } = walked('chart').adoption;

  test('is read with its claim, its Cluster, its Ingress and its configuration', () => {
    expect(problems).toEqual([]);
    expect(text).toContain('version: v2.7.5 # from apps/immich/release.yaml:18');
    expect(text).toContain('existingClaim: immich-library');
    expect(text).toContain('name: immich-database # from apps/immich/data.yaml:26');
    expect(text).toContain('class: nginx # from apps/immich/release.yaml:34');
    expect(text).toContain('days: 60 # from apps/immich/release.yaml:27');
  });

  test('files of root are told, since dist never runs as root', () => {
    expect(text).toMatch(/Immich runs as root today, so its files belong to root/);
    expect(walked('plain').adoption.text).not.toMatch(/as root today/);
  });
});

describe('what lives beside Immich in its namespace', () => {
  const immich = (variables: string) => `apiVersion: apps/v1
kind: Deployment
metadata: { name: immich-server, namespace: media }
spec:
  template:
    metadata: { labels: { app: immich } }
    spec:
      containers:
        - image: ghcr.io/immich-app/immich-server:v3.3.1
          env: [${variables}]
`;
  const postgres = `---
apiVersion: apps/v1
kind: StatefulSet
metadata: { name: postgres, namespace: media }
spec:
  template:
    metadata: { labels: { app: postgres } }
    spec:
      containers:
        - image: ghcr.io/immich-app/postgres:17-vectorchord0.4.3
          ports: [{ containerPort: 5432 }]
---
apiVersion: v1
kind: Service
metadata: { name: postgres, namespace: media }
spec: { selector: { app: postgres }, ports: [{ port: 5432 }] }
`;

  test('a PostgreSQL stays, is asked by its long name, and policies leave the way open', () => {
    const found = adoptedText(`${immich('{ name: DB_HOSTNAME, value: postgres }')}${postgres}`);
    expect(found?.problems).toEqual([]);
    expect(found?.text).toContain('sharedNamespace: true');
    expect(found?.text).toContain('host: postgres.media.svc.cluster.local # from immich.yaml:10');
    expect(found?.text).toContain('to: { namespace: media, labels: { app: postgres } }, ports: [5432]');
  });

  test('a Valkey in the same pod is made anew beside it', () => {
    const found = adoptedText(immich('{ name: REDIS_HOSTNAME, value: localhost }'));
    expect(found?.problems).toEqual([]);
    expect(found?.text).toMatch(/Valkey runs in the pod of the server today/);
    expect(found?.text).not.toContain('external:\n    host: localhost');
  });
});

test.each([
  ['/data/upload', '/data'],
  ['/usr/src/app/upload/upload', '/tmp/none'],
])('a folder inside the library that is a volume of its own, %s, is no whole library', (inside, whole) => {
  const text = `apiVersion: apps/v1
kind: Deployment
metadata: { name: immich-server, namespace: immich }
spec:
  template:
    spec:
      containers:
        - image: ghcr.io/immich-app/immich-server:v3.3.1
          volumeMounts:
            - { name: photos, mountPath: ${whole} }
            - { name: uploads, mountPath: ${inside} }
      volumes:
        - { name: photos, persistentVolumeClaim: { claimName: photos } }
        - { name: uploads, persistentVolumeClaim: { claimName: uploads } }
`;
  const found = adoptedText(text);
  expect(found?.problems).toEqual([]);
  expect(found?.text).toContain(`folders: today ${inside} is a volume of its own inside the library`);
  expect(found?.text).not.toContain('externalLibraries');
});

test('a slash at the end of an export means nothing', () => {
  const text = `apiVersion: apps/v1
kind: Deployment
metadata: { name: immich-server, namespace: immich }
spec:
  template:
    spec:
      containers:
        - image: ghcr.io/immich-app/immich-server:v3.3.1
          volumeMounts: [{ name: photos, mountPath: /data }, { name: old, mountPath: /mnt/old/ }]
      volumes:
        - { name: photos, nfs: { server: nas.example.net, path: /export/photos/ } }
        - { name: old, nfs: { server: nas.example.net, path: /export/old/ } }
`;
  const found = adoptedText(text);
  expect(found?.problems).toEqual([]);
  expect(found?.text).toContain('path: /export/photos # from');
  expect(found?.text).toContain('nfs: { server: nas.example.net, path: /export/old } # from');
});

test('a secret in a manifest comes into no file', () => {
  const text = `apiVersion: apps/v1
kind: Deployment
metadata: { name: immich-server, namespace: immich }
spec:
  template:
    spec:
      containers:
        - image: ghcr.io/immich-app/immich-server:v3.3.1
          env:
            - { name: DB_PASSWORD, value: hunter2hunter2 }
            - { name: SMTP_PASSWORD, value: correcthorse }
            - { name: IMMICH_LOG_LEVEL, value: debug }
`;
  const adoption = adoptedText(text);
  expect(adoption?.text).not.toMatch(/hunter2|correcthorse/);
  expect(adoption?.text).toContain('IMMICH_LOG_LEVEL: debug # from immich.yaml:12');
  expect(adoption?.text).toMatch(/SMTP_PASSWORD was not carried over/);
});

describe('what a pod has beside its image', () => {
  const pod = (spec: string, container: string, more = '') => `apiVersion: apps/v1
kind: Deployment
metadata: { name: immich-server, namespace: immich }
spec:
  template:
    spec:
${spec.replace(/^/gm, '      ')}
      containers:
        - image: ghcr.io/immich-app/immich-server:v3.3.1
${container.replace(/^/gm, '          ')}
${more}`;
  const textOf = (...parts: Parameters<typeof pod>) => {
    const found = adoptedText(pod(...parts));
    expect(found?.problems).toEqual([]);
    return found?.text ?? '';
  };
  const card = (name: string) => `resources: { limits: { ${name}: 1 } }`;

  test('a card of NVIDIA by its word where the runtime class is the usual one, else by its parts', () => {
    expect(textOf('runtimeClassName: nvidia', card('nvidia.com/gpu'))).toContain('gpu: nvidia # from');
    expect(textOf('restartPolicy: Always', card('nvidia.com/gpu'))).toContain(
      'gpu: { resource: nvidia.com/gpu } # from',
    );
    expect(textOf('securityContext: { supplementalGroups: [44] }', card('gpu.intel.com/xe'))).toContain(
      'gpu: { resource: gpu.intel.com/xe, groups: [44] } # from',
    );
  });

  test('a claimed card where it is seen that it is one of Intel, else a remark', () => {
    const claim = 'resourceClaims: [{ name: gpu, resourceClaimTemplateName: cards }]';
    const template = (name: string) => `---
apiVersion: resource.k8s.io/v1
kind: ResourceClaimTemplate
metadata: { name: cards, namespace: immich }
spec: { spec: { devices: { requests: [{ name: gpu, exactly: { deviceClassName: ${name} } }] } } }
`;
    const asks = 'resources: { claims: [{ name: gpu }] }';
    expect(textOf(claim, asks, template('gpu.intel.com'))).toContain('gpu: intel-dra # from');
    const other = textOf(claim, asks, template('gpu.example.com'));
    expect(other).not.toMatch(/^ *gpu:/m);
    expect(other).toMatch(/# immich\.yaml:\d+: The claimed device gpu was not carried over/);
  });

  test('a device of the node is told, since no pod of dist gets one', () => {
    const node = textOf(
      'volumes: [{ name: dri, hostPath: { path: /dev/dri } }]',
      'volumeMounts: [{ name: dri, mountPath: /dev/dri }]',
    );
    expect(node).toMatch(/\/dev\/dri of the node was not carried over, since Pod Security refuses it/);
  });

  test('a variable by its key in a Secret, and of all keys only what Immich reads', () => {
    const secret = `---
apiVersion: v1
kind: Secret
metadata: { name: all, namespace: immich }
stringData: { IMMICH_API_METRICS_PORT: x, SOMETHING_ELSE: y, MACHINE_LEARNING_WORKERS: z, IMMICH_LOG_LEVEL: w }
`;
    const text = textOf(
      'restartPolicy: Always',
      'env: [{ name: OAUTH_HINT, valueFrom: { secretKeyRef: { name: hints, key: hint } } }]\nenvFrom: [{ secretRef: { name: all } }]',
      secret,
    );
    expect(text).toContain('IMMICH_LOG_LEVEL: { secret: all, key: IMMICH_LOG_LEVEL } # from');
    expect(text).not.toMatch(/SOMETHING_ELSE|MACHINE_LEARNING_WORKERS/);
  });

  test('where it runs', () => {
    const text = textOf(
      'nodeSelector: { disk: fast }\ntolerations: [{ key: media, operator: Exists }]\npriorityClassName: high',
      'env: []',
    );
    expect(text).toContain('nodeSelector: { disk: fast } # from');
    expect(text).toContain('tolerations: [{ key: media, operator: Exists }] # from');
    expect(text).toContain('priorityClass: high # from');
  });

  test('the library stays at /usr/src/app/upload where it is mounted there', () => {
    const mounted = (path: string) =>
      textOf(
        'volumes: [{ name: photos, persistentVolumeClaim: { claimName: photos } }]',
        `volumeMounts: [{ name: photos, mountPath: ${path} }]`,
      );
    expect(mounted('/usr/src/app/upload')).toContain('mediaLocation: /usr/src/app/upload # from');
    expect(mounted('/data')).not.toContain('mediaLocation');
  });
});

describe('variables of Flux', () => {
  const repository = (postBuild: string) =>
    new Map([
      [
        'apps/immich/immich.yaml',
        `apiVersion: apps/v1
kind: Deployment
metadata: { name: immich-server, namespace: immich }
spec:
  template:
    spec:
      containers:
        - image: ghcr.io/immich-app/immich-server:v3.3.1
          volumeMounts: [{ name: photos, mountPath: /data }]
      volumes:
        - name: photos
          nfs: { server: "\${NAS}", path: /photos }
---
apiVersion: networking.k8s.io/v1
kind: Ingress
metadata: { name: immich, namespace: immich }
spec:
  ingressClassName: "\${CLASS}"
  rules:
    - host: "photos.\${DOMAIN}"
      http: { paths: [{ path: /, pathType: Prefix, backend: { service: { name: immich-server, port: { number: 2283 } } } }] }
---
apiVersion: v1
kind: Service
metadata: { name: immich-server, namespace: immich }
spec: { selector: { app: immich }, ports: [{ port: 2283 }] }
`,
      ],
      [
        'flux/immich.yaml',
        `apiVersion: kustomize.toolkit.fluxcd.io/v1
kind: Kustomization
metadata: { name: immich, namespace: flux-system }
spec:
  interval: 1h
  path: ./apps/immich
  prune: true
  sourceRef: { kind: GitRepository, name: flux-system }
  ${postBuild}
`,
      ],
    ]);
  const adoptedWith = (postBuild: string) => {
    const found = adoptRepository(readRepository(filesOf('.', repository(postBuild))), naming);
    expect(found?.problems).toEqual([]);
    return found?.text ?? '';
  };

  test('are kept where a file can have them, and declared with their source', () => {
    const text = adoptedWith('postBuild: { substituteFrom: [{ kind: ConfigMap, name: settings }] }');
    // biome-ignore lint/suspicious/noTemplateCurlyInString: a variable of Flux
    expect(text).toContain('host: "photos.${DOMAIN}" # from apps/immich/immich.yaml:');
    // biome-ignore lint/suspicious/noTemplateCurlyInString: a variable of Flux
    expect(text).toContain('server: "${NAS}" # from');
    expect(text).toMatch(/class: "<fill in: /);
    expect(text).toContain('from: [{ kind: ConfigMap, name: settings }] # from flux/immich.yaml:9');
    expect(text).toContain('variables: [DOMAIN, NAS]');
  });

  test('are marks where nothing fills them in', () => {
    const text = adoptedWith('timeout: 5m');
    expect(text).not.toContain('substitute');
    expect(text).toMatch(/host: "<fill in: the DNS name/);
    expect(text).toMatch(/server: "<fill in: the NFS server; today a variable of Flux>"/);
  });
});

test('where there is no server there is no file', () => {
  expect(adoptedText('apiVersion: v1\nkind: Namespace\nmetadata: { name: immich }\n')).toBeUndefined();
});
