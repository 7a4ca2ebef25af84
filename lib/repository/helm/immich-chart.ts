import { Field, isMapping } from '../../manifests/field.ts';
import type { Manifest, Value } from '../../manifests/manifest.ts';
import { renderCommon } from './app-template.ts';
import { type ImmichChartRelease, immichChartRelease } from './immich-chart-release.ts';
import type { Release } from './rendering.ts';
import { mergedValues } from './values.ts';

/**
 * The objects that Immich's own chart makes: each part is rendered by the common library, from the values that all
 * parts share under the part's own. Before 0.10 the shared values hold `env` and `image`, from then on `controllers`.
 * https://github.com/immich-app/immich-charts
 *
 * @param version The version of the chart as it is written. Where that is no single one, the values show what it is.
 */
export function renderImmichChart(release: Release, version: string, values: Field): Manifest[] {
  const known = immichChartRelease(version);
  const isOld =
    known.isOld ??
    (!values.at('controllers').exists && !parts.some((part) => values.at(part, 'controllers').exists));
  return parts.flatMap((part) => {
    const own = values.at(part);
    const isOn = own.get('enabled') ?? (part !== 'valkey' && part !== 'microservices');
    // Before 0.10 Redis came as a chart of Bitnami's, and microservices were a part of their own until v1.106.
    if (isOn !== true || (part === 'microservices' && !own.exists) || (part === 'valkey' && isOld)) {
      return [];
    }
    const chart = (value: Value) => new Defaults(new Field(release.manifest, [], value));
    // What the chart gives to a part stands over what its user gives to all of them.
    const layers = isOld
      ? [chart(oldDefaults(part, values, known)), sharedValues(values), own]
      : [chart(defaultsOf(part, values, known)), sharedValues(values), chart(ownDefaults(part)), own];
    return renderCommon(release, part, mergedValues(release.manifest, layers));
  });
}

const parts = ['server', 'microservices', 'machine-learning', 'valkey'] as const;
type Part = (typeof parts)[number];

/** Values of the chart itself: they stand nowhere in what was read, so they are shown at the release. */
class Defaults extends Field {
  constructor(field: Field) {
    super(field.manifest, [], field.value);
  }

  override get entries(): [string, Field][] {
    return super.entries.map(([key, entry]) => [
      key,
      new Defaults(new Field(this.manifest, [], entry.value)),
    ]);
  }
}

/** What all parts share: everything but the parts themselves. */
function sharedValues(values: Field): Field {
  const { value } = values;
  const names = new Set<string>([...parts, 'immich', 'redis', 'postgresql', 'apiVersion', 'kind']);
  return new Field(
    values.manifest,
    values.path,
    isMapping(value) ? Object.fromEntries(Object.entries(value).filter(([key]) => !names.has(key))) : {},
  );
}

function defaultsOf(part: Part, values: Field, { tag }: ImmichChartRelease): Value {
  const version = tag === undefined ? {} : { image: { tag } };
  const claim = values.get('immich', 'persistence', 'library', 'existingClaim');
  switch (part) {
    case 'machine-learning':
      return {
        controllers: {
          main: {
            strategy: 'RollingUpdate',
            containers: { main: { ...version, probes: allProbes('/ping', 60) } },
          },
        },
        service: { main: { controller: 'main', ports: { http: { port: 3003 } } } },
        persistence: { cache: { type: 'emptyDir' } },
      };
    case 'valkey':
      return {
        service: { main: { controller: 'main', ports: { redis: { port: 6379 } } } },
      };
    default:
      return {
        controllers: {
          main: {
            strategy: 'RollingUpdate',
            containers: {
              main: {
                ...version,
                env: {
                  REDIS_HOSTNAME: '{{ .Release.Name }}-valkey',
                  IMMICH_MACHINE_LEARNING_URL: 'http://{{ .Release.Name }}-machine-learning:3003',
                },
                probes: allProbes('/api/server/ping', 30),
              },
            },
          },
        },
        service: { main: { controller: 'main', ports: { http: { port: 2283 } } } },
        ingress: ingress,
        ...(claim === undefined || claim === null ? {} : { persistence: { data: { existingClaim: claim } } }),
      };
  }
}

/** What the chart's own values give to a part alone. */
function ownDefaults(part: Part): Value {
  return {
    controllers: {
      main: {
        containers: {
          main: {
            image: images[part],
            ...(part === 'machine-learning'
              ? {
                  env: {
                    TRANSFORMERS_CACHE: '/cache',
                    HF_XET_CACHE: '/cache/huggingface-xet',
                    MPLCONFIGDIR: '/cache/matplotlib-config',
                  },
                }
              : {}),
          },
        },
      },
    },
  };
}

const images: Readonly<Record<Part, Value>> = {
  server: { repository: 'ghcr.io/immich-app/immich-server' },
  microservices: { repository: 'ghcr.io/immich-app/immich-server' },
  'machine-learning': { repository: 'ghcr.io/immich-app/immich-machine-learning' },
  valkey: { repository: 'docker.io/valkey/valkey', tag: '9.1-alpine' },
};

/** What the chart gave before 0.10; the library mounts at the folder that Immich used then. */
function oldDefaults(part: Part, values: Field, { tag, port }: ImmichChartRelease): Value {
  const version = tag === undefined ? {} : { tag };
  const claim = values.get('immich', 'persistence', 'library', 'existingClaim');
  if (part === 'machine-learning') {
    return {
      image: { repository: 'ghcr.io/immich-app/immich-machine-learning', ...version },
      env: { TRANSFORMERS_CACHE: '/cache' },
      service: { main: { ports: { http: { port: 3003 } } } },
      persistence: { cache: { type: 'emptyDir' } },
    };
  }
  return {
    image: { repository: 'ghcr.io/immich-app/immich-server', ...version },
    service: { main: { ports: { http: port === undefined ? {} : { port } } } },
    ingress: ingress,
    persistence:
      claim === undefined || claim === null
        ? {}
        : { library: { existingClaim: claim, mountPath: '/usr/src/app/upload' } },
  };
}

/** There is none until it is switched on. */
const ingress = { main: { enabled: false } };

function allProbes(path: string, failures: number): Value {
  const spec = { httpGet: { path, port: 'http' }, periodSeconds: 10 };
  return {
    liveness: { enabled: true, custom: true, spec },
    readiness: { enabled: true, custom: true, spec },
    startup: { enabled: true, custom: true, spec: { ...spec, failureThreshold: failures } },
  };
}
