import { everything, type Fixture, ofDeployment, overlay, patch } from './objects.ts';

const inContainer = (rest: string) =>
  patch(ofDeployment(`spec: { template: { spec: { containers: [{ name: server, ${rest} }] } } }`));

const inPod = (rest: string) => patch(ofDeployment(`spec: { template: { spec: { ${rest} } } }`));

const ofAlbum = (rest: string) =>
  `apiVersion: example.org/v1\nkind: Album\nmetadata: { name: holidays }\n${rest}`;

const ofCluster = (rest: string) =>
  `apiVersion: postgresql.cnpg.io/v1\nkind: Cluster\nmetadata: { name: database }\n${rest}`;

const ofService = (rest: string) => `apiVersion: v1\nkind: Service\nmetadata: { name: server }\n${rest}`;

/** How a patch meets lists. */
export const lists: Readonly<Record<string, Fixture>> = {
  'a variable added': everything(inContainer('env: [{ name: NEW, value: x }]')),
  'a variable changed, and one added': everything(
    inContainer('env: [{ name: NEW, value: x }, { name: DB_PASSWORD, valueFrom: null, value: y }]'),
  ),
  'a variable with another source': everything(
    inContainer('env: [{ name: DB_PASSWORD, valueFrom: { secretKeyRef: { name: other, key: p } } }]'),
  ),
  'a container added': everything(inPod('containers: [{ name: sidecar, image: "proxy:1" }]')),
  'an init container before the others': everything(
    inPod('initContainers: [{ name: first, image: "a:1" }, { name: wait, args: [a] }]'),
  ),
  'a volume and its mount': everything(
    inPod(
      'containers: [{ name: server, volumeMounts: [{ name: cache, mountPath: /cache }, { name: library, mountPath: /data, subPath: x }] }], volumes: [{ name: cache, emptyDir: {} }]',
    ),
  ),
  'a mount at another path': everything(inContainer('volumeMounts: [{ name: library, mountPath: /other }]')),
  'a volume of another type': everything(
    inPod('volumes: [{ name: library, persistentVolumeClaim: null, nfs: { server: nas, path: /photos } }]'),
  ),
  'sources of variables, replaced as a whole': everything(
    inContainer('envFrom: [{ secretRef: { name: database } }]'),
  ),
  'a port by its number': everything(
    inContainer('ports: [{ containerPort: 2283, protocol: TCP }, { containerPort: 8081, name: metrics }]'),
  ),
  'a port of a service': everything(
    patch(
      ofService('spec: { ports: [{ port: 2283, name: web }, { port: 9000, name: more, protocol: UDP }] }'),
    ),
  ),
  'a port deleted': everything(patch(ofService('spec: { ports: [{ port: 2283, $patch: delete }] }'))),
  'a list replaced': everything(inContainer('env: [{ $patch: replace }, { name: ONLY, value: x }]')),
  'a list replaced, the directive at the end': everything(
    inContainer('env: [{ name: ONLY, value: x }, { $patch: replace }]'),
  ),
  'a list deleted': everything(inContainer('env: [{ $patch: delete }]')),
  'an item replaced': everything(inPod('containers: [{ name: server, image: "x:1", $patch: replace }]')),
  'a mapping deleted in an item': everything(
    inContainer('env: [{ name: DB_PASSWORD, valueFrom: { $patch: delete }, value: x }]'),
  ),
  'a list that was not there': everything(
    inContainer('command: [a, b], volumeDevices: [{ name: a, devicePath: /dev/a }]'),
  ),
  'nulls in what is new': everything(
    patch(ofDeployment('spec: { strategy: { type: Recreate, rollingUpdate: null } }')),
  ),
  'an empty mapping and an empty list': everything(
    inPod('securityContext: {}, tolerations: [], volumes: []'),
  ),
  'addresses of hosts': overlay(
    inPod('hostAliases: [{ ip: 10.0.0.2, hostnames: [c] }, { ip: 10.0.0.1, hostnames: [d] }]'),
    {},
    inPod('hostAliases: [{ ip: 10.0.0.1, hostnames: [a, b] }]'),
  ),
  'spread constraints': overlay(
    inPod(
      'topologySpreadConstraints: [{ topologyKey: zone, whenUnsatisfiable: ScheduleAnyway, maxSkew: 3 }, { topologyKey: zone, whenUnsatisfiable: DoNotSchedule, maxSkew: 2 }]',
    ),
    {},
    inPod('topologySpreadConstraints: [{ topologyKey: zone, whenUnsatisfiable: DoNotSchedule, maxSkew: 1 }]'),
  ),
  finalizers: overlay(
    patch(ofDeployment('').replace('{ name: server }', '{ name: server, finalizers: [b, c] }')),
    {},
    patch(ofDeployment('').replace('{ name: server }', '{ name: server, finalizers: [a, b] }')),
  ),
  'lists of custom resources, replaced as a whole': everything(
    patch(ofAlbum('spec: { items: [{ name: a, value: 3 }] }')),
  ),
  'lists of roles, replaced as a whole': everything(
    patch(ofCluster('spec: { managed: { roles: [{ name: reader }] }, instances: 3 }')),
  ),
  'an item of a custom resource that is marked as deleted': everything(
    patch(ofAlbum('spec: { items: [{ name: a, value: 3 }, { name: b, value: null }] }')),
  ),
  'rules of an ingress, replaced as a whole': everything(
    patch(
      'apiVersion: networking.k8s.io/v1\nkind: Ingress\nmetadata: { name: photos }\nspec: { rules: [{ host: other.example.org }] }',
    ),
  ),
  'subjects of a binding, replaced as a whole': everything(
    patch(
      'apiVersion: rbac.authorization.k8s.io/v1\nkind: RoleBinding\nmetadata: { name: reader }\nsubjects: [{ kind: ServiceAccount, name: other }]',
    ),
  ),
  'templates of claims, replaced as a whole': everything(
    patch(
      'apiVersion: apps/v1\nkind: StatefulSet\nmetadata: { name: valkey }\nspec: { volumeClaimTemplates: [{ metadata: { name: data }, spec: { storageClassName: fast } }] }',
    ),
  ),
  'pods of a cron job': everything(
    patch(
      'apiVersion: batch/v1\nkind: CronJob\nmetadata: { name: check }\nspec: { jobTemplate: { spec: { template: { spec: { containers: [{ name: check, env: [{ name: A, value: b }] }, { name: more, image: "b:1" }] } } } } }',
    ),
  ),
  'two patches of one list': overlay(
    inContainer('env: [{ name: B, value: 2 }, { name: TZ, value: Europe/Berlin }]'),
    {},
    inContainer('env: [{ name: A, value: 1 }]'),
  ),
  'a JSON patch after a merge': everything(
    `${inContainer('env: [{ name: A, value: x }]')}\n${patch(
      '- { op: replace, path: /spec/template/spec/containers/0/env/0/value, value: v }',
      '{ kind: Deployment }',
    ).replace('patches:\n', '')}`,
  ),
};
