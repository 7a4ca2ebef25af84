import type { Construct } from 'constructs';
import { configuration } from '../components/configuration.ts';
import { fillConfiguration, filledConfiguration } from '../components/configuration-secrets.ts';
import { ImmichMachineLearning } from '../components/immich-machine-learning.ts';
import { ImmichServer } from '../components/immich-server.ts';
import { Valkey } from '../components/valkey.ts';
import { secretSettingsOf } from '../immich/config/secret-setting.ts';
import { libraryClaimOf } from '../installation/external-library.ts';
import { areShared } from '../installation/extra-volumes.ts';
import { learningImageOf } from '../installation/images.ts';
import type { Installation } from '../installation/installation.ts';
import { learningPoolsOf, learningUrlsOf } from '../installation/machine-learning.ts';
import { transcoderOf } from '../installation/transcoder.ts';
import { trustedProxiesOf } from '../installation/trusted-proxies.ts';
import { isShared } from '../installation/volume.ts';
import { claimNameOf } from '../installation/volumes.ts';
import { checksum } from '../kubernetes/checksum.ts';
import type { Mount } from '../kubernetes/mount.ts';
import { configurationFile, configurationName } from '../names.ts';
import { connectionsOf, databaseFilesOf } from '../plan/connections.ts';
import { Checked } from '../schema/checked.ts';
import type { Layer } from './layer.ts';
import { hasStorage } from './storage-layer.ts';

/** Immich itself. */
export function appLayer(installation: Installation, hasDatabase: boolean): Layer {
  return {
    plan: {
      name: 'app',
      after: [
        hasStorage(installation) ? 'storage' : 'namespace',
        'secrets',
        ...(hasDatabase ? ['database', 'indexes'] : []),
      ],
      readiness: { kind: 'objects' },
      keepsObjects: false,
      // Migrations may take longer, and Flux then waits anew; but while it waits it does not look at a fix.
      timeout: '10m',
    },
    build: (chart) => buildApp(chart, installation),
  };
}

function buildApp(chart: Construct, installation: Installation): void {
  const { namespace, volumes, images, version, valkey, stopped: isStopped } = installation;
  const { library, generated, models } = volumes;

  if (valkey.kind === 'own') {
    new Valkey(chart, 'valkey', { namespace, valkey: new Checked(valkey), isStopped, hasClaim: false });
  }

  for (const { name, pods } of learningPoolsOf(installation.machineLearning)) {
    // What is checked before: pods have a volume for their models.
    if (models === undefined) continue;
    new ImmichMachineLearning(chart, name.replace(/^immich-/, ''), {
      name,
      namespace,
      version: new Checked(version),
      machineLearning: new Checked(pods),
      image: new Checked(learningImageOf(version, pods)),
      claim: claimNameOf('models', models),
      isShared: isShared(models) && areShared(pods.volumes),
      isStopped,
    });
  }

  const configured = buildConfiguration(chart, installation);

  new ImmichServer(chart, 'server', {
    namespace,
    version: new Checked(version),
    server: new Checked({ ...installation.server, trustedProxies: trustedProxiesOf(installation) }),
    image: new Checked(images.server),
    timezone: new Checked(installation.timezone),
    connections: connectionsOf(installation),
    claims: {
      library: claimNameOf('library', library),
      generated: generated && claimNameOf('generated', generated),
    },
    mediaLocation: new Checked(installation.mediaLocation),
    files: [...configured.files, ...databaseFilesOf(installation), ...libraryMounts(installation)],
    isShared:
      isShared(library) &&
      (generated === undefined || isShared(generated)) &&
      areShared(installation.server.volumes) &&
      Object.values(installation.externalLibraries).every((one) => one.kind !== 'existing' || one.isShared),
    hasMetrics: installation.monitoring.enabled,
    isStopped,
    podAnnotations: configured.annotations,
    configurationPath: configured.path,
    preparations: configured.preparations,
  });
}

/** The external libraries, at the same place in every pod of the server: its jobs read what its web interface shows. */
function libraryMounts({ externalLibraries }: Installation): Mount[] {
  return Object.entries(externalLibraries).map(([name, library]) => ({
    kind: 'claim',
    volume: `external-${name}`,
    claim: libraryClaimOf(name, library),
    path: library.path,
    readOnly: true,
  }));
}

/** Immich's configuration file, as the server finds it; nothing where settings are made in the web interface. */
function buildConfiguration(chart: Construct, installation: Installation) {
  const { namespace, host, configuration: described, server } = installation;
  const folder = '/etc/immich';
  switch (described.kind) {
    case 'none':
      return { files: [], annotations: {}, path: undefined, preparations: [] };
    case 'secret': {
      const { secret, key } = described.reference;
      const file: Mount = { kind: 'secret', volume: 'configuration', secret, key, path: folder };
      return { files: [file], annotations: {}, path: `${folder}/${key}`, preparations: [] };
    }
    case 'written': {
      const { config } = described;
      const text = configuration(chart, {
        namespace,
        host,
        config,
        machineLearningUrls: learningUrlsOf(installation.machineLearning),
        gpu: transcoderOf(server).gpu,
        hasInternet: server.internet,
      });
      const file: Mount = {
        kind: 'configMap',
        volume: 'configuration',
        configMap: configurationName,
        path: folder,
      };
      const annotations = { 'checksum/configuration': checksum(text) };
      const secrets = secretSettingsOf(config).map(({ reference }) => reference);
      if (secrets.length > 0) {
        const { mount, path } = filledConfiguration;
        return { files: [mount], annotations, path, preparations: [fillConfiguration(secrets)] };
      }
      return { files: [file], annotations, path: `${folder}/${configurationFile}`, preparations: [] };
    }
  }
}
