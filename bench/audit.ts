import { spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { bundleIn, made, type Workshop } from './made.ts';
import type { Subject } from './subjects.ts';

const applications = 1200;

/**
 * The audit of a repository of 5,000 files, one Immich among 1,200 other applications; and kubeconform, which reads
 * every file too, of the same, if it is there. The audit is to take at most as long, and 300 MiB.
 */
export function auditSubjects(workshop: Workshop): Subject[] {
  const { repository, temporary } = workshop;
  const folder = join(temporary, 'home-ops');
  const common = { runs: 5, installations: 0 };
  const commandOf = (file: string, program: () => readonly string[]) => () => ({
    file,
    arguments: program(),
    folder: made(folder, () => writeRepository(folder, repository)),
  });
  const kubeconform = [
    '-ignore-missing-schemas',
    '-schema-location',
    `${temporary}/none/{{.ResourceKind}}.json`,
    folder,
  ];
  return [
    {
      ...common,
      name: 'audit of 5,000 files',
      command: commandOf(process.execPath, () => [
        join(repository, 'start.cjs'),
        bundleIn(workshop, 'audit'),
        '--fail-on',
        'never',
        folder,
      ]),
    },
    ...[kubeconformProgram() ?? []].flat().map((file) => ({
      ...common,
      name: 'audit by kubeconform of the same',
      command: commandOf(file, () => kubeconform),
    })),
  ];
}

/** kubeconform as it is installed, or as the end-to-end tests have built it; undefined without it. */
function kubeconformProgram(): string | undefined {
  if (spawnSync('kubeconform', ['-v']).error === undefined) return 'kubeconform';
  const cache = process.env['IMMICH_CDK8S_E2E_CACHE'] ?? join(homedir(), '.cache/immich-cdk8s/e2e');
  const [built] = existsSync(cache)
    ? readdirSync(cache).filter((name) => name.startsWith('kubeconform-'))
    : [];
  return built === undefined ? undefined : join(cache, built, 'kubeconform');
}

/** A repository as people have them: each application with its kustomizations, and Immich as dist has it. */
export function writeRepository(folder: string, repository: string): void {
  cpSync(join(repository, 'dist/home'), join(folder, 'immich'), { recursive: true });
  for (let index = 0; index < applications; index++) {
    const name = `app-${index}`;
    const application = join(folder, 'apps', `team-${index % 40}`, name);
    mkdirSync(join(application, 'app'), { recursive: true });
    writeFileSync(join(application, 'ks.yaml'), fluxKustomization(name));
    writeFileSync(join(application, 'app', 'kustomization.yaml'), kustomization);
    writeFileSync(join(application, 'app', 'deployment.yaml'), deployment(name));
    writeFileSync(join(application, 'app', 'service.yaml'), service(name));
  }
}

const kustomization = `apiVersion: kustomize.config.k8s.io/v1beta1
kind: Kustomization
resources:
  - ./deployment.yaml
  - ./service.yaml
`;

function fluxKustomization(name: string): string {
  return `apiVersion: kustomize.toolkit.fluxcd.io/v1
kind: Kustomization
metadata:
  name: ${name}
  namespace: flux-system
spec:
  interval: 1h
  path: ./apps/${name}/app
  prune: true
  targetNamespace: ${name}
  sourceRef:
    kind: GitRepository
    name: flux-system
`;
}

function deployment(name: string): string {
  return `apiVersion: apps/v1
kind: Deployment
metadata:
  name: ${name}
  labels:
    app: ${name}
spec:
  replicas: 1
  selector:
    matchLabels:
      app: ${name}
  template:
    metadata:
      labels:
        app: ${name}
    spec:
      containers:
        - name: app
          image: registry.example.com/${name}:1.2.3
          env:
            - name: TZ
              value: Europe/Berlin
            - name: PASSWORD
              valueFrom:
                secretKeyRef:
                  name: ${name}
                  key: password
          ports:
            - name: http
              containerPort: 8080
          livenessProbe:
            httpGet:
              path: /healthz
              port: http
          resources:
            requests:
              cpu: 100m
              memory: 128Mi
`;
}

function service(name: string): string {
  return `apiVersion: v1
kind: Service
metadata:
  name: ${name}
spec:
  selector:
    app: ${name}
  ports:
    - name: http
      port: 80
      targetPort: http
`;
}
