import type { Construct } from 'constructs';
import { documentOf } from '../dist/yaml.ts';
import { accelerators } from '../immich/accelerators.ts';
import { secretSettingsOf } from '../immich/config/secret-setting.ts';
import type { ImmichConfig } from '../immich/config.ts';
import type { Gpu } from '../installation/gpu.ts';
import { KubeConfigMap } from '../kubernetes/api.ts';
import { ownLabels } from '../kubernetes/labels.ts';
import { configurationFile, configurationName } from '../names.ts';
import { placeholderOf } from './configuration-secrets.ts';

export interface ConfigurationProps {
  readonly namespace: string;
  readonly host: string;
  readonly config: ImmichConfig;
  readonly machineLearningUrl: string;
  /** The card by which videos are transcoded. */
  readonly gpu: Gpu | undefined;
  /** Whether Immich can ask for new versions; without a way out it would only fill its log. */
  readonly hasInternet: boolean;
}

/** Immich's configuration file as a ConfigMap; returns its text. What the installation says wins over our defaults. */
export function configuration(scope: Construct, props: ConfigurationProps): string {
  const { namespace, host, config, machineLearningUrl, gpu, hasInternet } = props;
  const accel = gpu?.vendor === undefined ? undefined : accelerators[gpu.vendor].transcoding[0];
  const secrets = secretSettingsOf(config);
  const placeholder = (wanted: string) => {
    const index = secrets.findIndex(({ path }) => path === wanted);
    return index < 0 ? undefined : placeholderOf(index);
  };
  const clientSecret = placeholder('oauth.clientSecret');
  const password = placeholder('notifications.smtp.transport.password');
  const { oauth, notifications } = config;
  const smtp = notifications?.smtp;
  const text = documentOf({
    ...config,
    ...(accel === undefined ? {} : { ffmpeg: { accel, ...config.ffmpeg } }),
    ...(clientSecret === undefined ? {} : { oauth: { ...oauth, clientSecret } }),
    ...(password === undefined
      ? {}
      : {
          notifications: {
            ...notifications,
            smtp: { ...smtp, transport: { ...smtp?.transport, password } },
          },
        }),
    server: { externalDomain: `https://${host}`, ...config.server },
    machineLearning: { urls: [machineLearningUrl], ...config.machineLearning },
    newVersionCheck: { enabled: hasInternet, ...config.newVersionCheck },
  });
  new KubeConfigMap(scope, configurationName, {
    metadata: { name: configurationName, namespace, labels: ownLabels },
    data: { [configurationFile]: text },
  });
  return text;
}
