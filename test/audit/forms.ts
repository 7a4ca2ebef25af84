import type { KubernetesObject, Value } from '../../lib/manifests/manifest.ts';

/** A mapping, for tests that take objects apart. */
export type Mapping = { readonly [field: string]: Value | undefined };

/** A Deployment as the HelmRelease of app-template that makes the same pods. */
export function asAppTemplate(deployment: KubernetesObject): KubernetesObject {
  return release(deployment, 'app-template', commonValues(deployment));
}

/** A Deployment of Immich's server or machine learning as the HelmRelease of Immich's own chart. */
export function asImmichChart(deployment: KubernetesObject): KubernetesObject {
  const part = JSON.stringify(deployment).includes('immich-machine-learning:')
    ? 'machine-learning'
    : 'server';
  const other = part === 'server' ? 'machine-learning' : 'server';
  return release(deployment, 'immich', {
    [part]: commonValues(deployment),
    [other]: { enabled: false },
    valkey: { enabled: false },
  });
}

function release(deployment: KubernetesObject, chart: string, values: Mapping): KubernetesObject {
  return {
    apiVersion: 'helm.toolkit.fluxcd.io/v2',
    kind: 'HelmRelease',
    ...(deployment.metadata === undefined ? {} : { metadata: deployment.metadata }),
    spec: { chart: { spec: { chart, version: '1.0.0' } }, values },
  };
}

function commonValues(deployment: KubernetesObject): Mapping {
  const spec = mapping(deployment['spec']);
  const template = mapping(spec['template']);
  const pod = mapping(template['spec']);
  const containers = list(pod['containers']).map(mapping);
  return {
    controllers: {
      main: {
        replicas: spec['replicas'],
        strategy: mapping(spec['strategy'])['type'] ?? 'RollingUpdate',
        serviceAccount: { name: pod['serviceAccountName'] },
        pod: { securityContext: pod['securityContext'], labels: mapping(template['metadata'])['labels'] },
        containers: Object.fromEntries(containers.map((container) => ['main', containerValues(container)])),
      },
    },
    persistence: Object.fromEntries(
      list(pod['volumes'])
        .map(mapping)
        .map((volume) => [String(volume['name']), volumeValues(volume, containers)]),
    ),
  };
}

function containerValues(container: Mapping): Mapping {
  const [repository = '', tag] = String(container['image']).split(/:(?=[^/]*$)/);
  const {
    image: _,
    name: __,
    volumeMounts: ___,
    env,
    startupProbe,
    readinessProbe,
    livenessProbe,
    ...rest
  } = container;
  return {
    ...rest,
    image: { repository, tag },
    env: environmentValues(list(env).map(mapping)),
    probes: Object.fromEntries(
      Object.entries({ startup: startupProbe, readiness: readinessProbe, liveness: livenessProbe })
        .filter(([, probe]) => probe !== undefined)
        .map(([type, spec]) => [type, { enabled: true, custom: true, spec }]),
    ),
  };
}

/** The form of a mapping, which charts take besides that of a list. */
function environmentValues(variables: readonly Mapping[]): Mapping {
  return Object.fromEntries(
    variables.map(({ name, value, valueFrom }) => [
      String(name),
      valueFrom === undefined ? value : { valueFrom },
    ]),
  );
}

function volumeValues(volume: Mapping, containers: readonly Mapping[]): Mapping {
  const mounts = containers
    .flatMap((container) => list(container['volumeMounts']).map(mapping))
    .filter((mount) => mount['name'] === volume['name'])
    .map((mount) => ({ path: mount['mountPath'], readOnly: mount['readOnly'] }));
  const { persistentVolumeClaim, emptyDir, nfs, hostPath, configMap, secret } = volume;
  const globalMounts = mounts.length === 0 ? {} : { globalMounts: mounts };
  if (persistentVolumeClaim !== undefined) {
    return {
      type: 'persistentVolumeClaim',
      existingClaim: mapping(persistentVolumeClaim)['claimName'],
      ...globalMounts,
    };
  }
  if (nfs !== undefined) {
    return { type: 'nfs', ...mapping(nfs), ...globalMounts };
  }
  if (hostPath !== undefined) {
    return { type: 'hostPath', hostPath: mapping(hostPath)['path'], ...globalMounts };
  }
  if (configMap !== undefined) {
    return { type: 'configMap', ...mapping(configMap), ...globalMounts };
  }
  if (secret !== undefined) {
    return { type: 'secret', name: mapping(secret)['secretName'], ...globalMounts };
  }
  return emptyDir === undefined ? {} : { type: 'emptyDir', ...globalMounts };
}

function mapping(value: Value | undefined): Mapping {
  return typeof value === 'object' && value !== null && !isList(value) ? value : {};
}

function list(value: Value | undefined): readonly Value[] {
  return isList(value) ? value : [];
}

function isList(value: Value | undefined): value is readonly Value[] {
  return Array.isArray(value);
}
