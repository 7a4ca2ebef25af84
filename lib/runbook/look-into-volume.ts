import { podSecurity } from '../kubernetes/hardened.ts';
import type { Names } from './names.ts';
import { commands } from './section.ts';

/** The pod that a person looks into a volume with. */
const pod = 'immich-look';

/** The commands that mount a claim in a pod and show what is in it. */
export function lookInto({ app, namespace, installation }: Names, claim: string): string {
  const { user, group } = installation.server;
  return commands(
    `${app} create --filename - <<EOF`,
    'apiVersion: v1',
    'kind: Pod',
    `metadata: { name: ${pod}, namespace: ${namespace} }`,
    'spec:',
    '  restartPolicy: Never',
    `  securityContext: ${JSON.stringify(podSecurity(user, group))}`,
    '  containers:',
    '    - name: look',
    `      image: ${installation.images.server.text}`,
    '      command: [sleep, "3600"]',
    '      securityContext: { allowPrivilegeEscalation: false, capabilities: { drop: [ALL] } }',
    '      resources: { requests: { cpu: 10m, memory: 32Mi }, limits: { memory: 256Mi } }',
    '      volumeMounts: [{ name: volume, mountPath: /volume }]',
    `  volumes: [{ name: volume, persistentVolumeClaim: { claimName: ${claim} } }]`,
    'EOF',
    `${app} wait pod/${pod} --namespace ${namespace} --for=condition=Ready --timeout=10m`,
    `${inside({ app, namespace })} df -h /volume`,
    `${inside({ app, namespace })} ls -la /volume`,
  );
}

/** The commands that make Immich's markers in folders of the volume that is looked into, and end the look. */
export function makeMarkers(names: Names, folders: readonly string[]): string {
  const { app, namespace } = names;
  const paths = folders.map((folder) => `/volume/${folder}`);
  return commands(
    `${inside(names)} mkdir -p ${paths.join(' ')}`,
    `${inside(names)} touch ${paths.map((path) => `${path}/.immich`).join(' ')}`,
    `${app} delete pod ${pod} --namespace ${namespace}`,
  );
}

function inside({ app, namespace }: Pick<Names, 'app' | 'namespace'>): string {
  return `${app} exec --namespace ${namespace} ${pod} --`;
}
