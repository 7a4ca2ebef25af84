import { stringify } from 'yaml';
import { errorsIn, homeWith, isMapping, type Mapping } from '../installation/example.ts';

/*
 * Values that Immich takes or refuses when it starts, with what was run (v2.5.0, v3.0.3), or where it is read:
 * https://github.com/immich-app/immich/blob/v3.0.3/server/src/dtos/system-config.dto.ts
 * https://github.com/immich-app/immich/blob/v3.0.3/server/src/dtos/env.dto.ts
 * https://github.com/immich-app/immich/blob/v3.0.3/server/src/utils/media.ts
 * https://github.com/immich-app/immich/blob/v3.0.3/machine-learning/immich_ml/config.py
 */

type Row = readonly [path: string, value: unknown, version?: string];

const config = (key: string, ...values: readonly unknown[]): Row[] =>
  values.map((value) => [`config.${key}`, value]);
const server = (name: string, ...values: readonly string[]): Row[] =>
  values.map((value) => [`server.environment.${name}`, value]);
const learning = (name: string, ...values: readonly string[]): Row[] =>
  values.map((value) => [`machineLearning.environment.MACHINE_LEARNING_${name}`, value]);

const taken: readonly Row[] = [
  ...config('backup.database.cronExpression', '0 2 * * 7', '0 02 * * *', '30 0 2 * * *', '*/30 * * * *'),
  ...config('backup.database.cronExpression', '0 2 * * 1-5', '0 2 1,15 * *', '0 2 * * 0', '0 0-6/2 * * *'),
  ...config('backup.database.keepLastAmount', 1, 10_000),
  ...config('ffmpeg.targetResolution', '720', 'original', '2160'),
  ...config('ffmpeg.maxBitrate', '', '0', '2600', '2600k', '8M'),
  ...config('ffmpeg.targetAudioCodec', 'aac', 'mp3', 'opus', 'pcm_s16le'),
  ...config('ffmpeg.acceptedContainers', [], ['mov', 'ogg', 'webm']),
  ...config('ffmpeg.bframes', -1, 16),
  ...config('ffmpeg.crf', 0, 51),
  ...config('image.preview.size', 1, 4320),
  ...config('job.thumbnailGeneration.concurrency', 1, 100),
  ...config('machineLearning.clip.modelName', 'ViT-B-32__openai', 'ViT-SO400M-16-SigLIP2-384__webli'),
  ...config('machineLearning.clip.modelName', 'XLM-Roberta-Large-Vit-B-16Plus', 'nllb-clip-large-siglip__v1'),
  ...config('machineLearning.facialRecognition.modelName', 'buffalo_l', 'antelopev2', 'one-of-my-own'),
  ...config('machineLearning.facialRecognition.maxDistance', 0.1, 0.6, 2),
  ...config('machineLearning.duplicateDetection.maxDistance', 0.001, 0.1),
  ...config('map.lightStyle', 'https://tiles.example.com/light.json?key=a'),
  ...config('nightlyTasks.startTime', '00:00', '23:59'),
  ...config('oauth.defaultStorageQuota', null, 0, 200),
  ...config('oauth.issuerUrl', '', 'https://login.example.com/application/o/immich/'),
  ...config(
    'oauth.mobileRedirectUri',
    '',
    'app.immich:///oauth-callback',
    'https://photos.example.com/api/oauth/mobile-redirect',
  ),
  ...config('oauth.storageLabelClaim', ''),
  ...config('server.externalDomain', '', 'https://photos.example.com', 'http://photos.example.com:2283'),
  ...config('server.loginPageMessage', '', 'Hello, "you": <b>there</b> # no comment'),
  ...config(
    'storageTemplate.template',
    '{{y}}/{{MM}}/{{filename}}',
    '{{#if album}}{{album}}{{else}}{{y}}{{/if}}/{{filename}}',
  ),
  ...config('storageTemplate.template', '{{y}}/{{{album}}}/{{assetId}}', '{{make}}/{{model}}/{{filename}}'),
  ...config('theme.customCss', '', 'p { color: "red" } /* 0b11 */'),
  ...config('trash.days', 0, 99_999),
  ...config('user.deleteDelay', 1, 99_999),
  ...server('IMMICH_LOG_LEVEL', 'verbose', 'fatal'),
  ...server('IMMICH_IGNORE_MOUNT_CHECK_ERRORS', 'true', 'false', '1', '0'),
  ...server('IMMICH_TELEMETRY_EXCLUDE', 'host, io'),
  ...server('IMMICH_HELMET_FILE', 'true', 'false'),
  ...server('NO_COLOR', 'anything'),
  ...learning('WORKERS', '2', ' 2 ', '1_000'),
  ...learning('MODEL_TTL', '0', '300'),
  ...learning('ANN', 'true', 'on', 'y', '0'),
  ...learning('OPENVINO_PRECISION', 'FP16', 'FP32'),
  ...learning('PRELOAD__CLIP__TEXTUAL', 'ViT-B-32__openai'),
  ['config.ffmpeg.targetAudioCodec', 'libopus', 'v2.5.0'],
  ['config.machineLearning.ocr.maxResolution', 736, 'v2.5.0'],
];

const refused: readonly Row[] = [
  ...config('backup.database.cronExpression', '0 2 * *', '0 2 * * 8', 'nightly', ''),
  ...config('backup.database.keepLastAmount', 0),
  ...config('ffmpeg.targetResolution', 'HD', '720p', '', 720),
  ...config('ffmpeg.maxBitrate', '8 Mbit', '-1'),
  ...config('ffmpeg.targetAudioCodec', 'libopus', 'flac'),
  ...config('ffmpeg.acceptedContainers', ['mkv']),
  ...config('ffmpeg.bframes', -2, 17, 1.5),
  ...config('ffmpeg.crf', 52),
  ...config('image.preview.size', 0),
  ...config('image.preview.quality', 0, 101),
  ...config('job.thumbnailGeneration.concurrency', 0, 1.5),
  ...config('machineLearning.urls', [], ['immich-ml:3003']),
  ...config('machineLearning.clip.modelName', ''),
  ['config.machineLearning.clip.modelName', 'ViT-B-33__openai', 'v3.0.3'],
  ...config('machineLearning.facialRecognition.maxDistance', 0, 2.1),
  ...config('machineLearning.duplicateDetection.maxDistance', 0.5),
  ...config('map.lightStyle', '', 'light.json'),
  ...config('nightlyTasks.startTime', '3:30', '24:00'),
  ...config('oauth.defaultStorageQuota', -1, 0.3, '200'),
  ...config('oauth.issuerUrl', 'login.example.com'),
  ...config('oauth.mobileRedirectUri', 'photos'),
  ...config('oauth.timeout', 0),
  ...config('notifications.smtp.transport.port', 65_536, -1),
  ...config('server.externalDomain', 'photos.example.com'),
  ...config('storageTemplate.template', '{{y}}/{{filename', '{{#if album}}{{filename}}'),
  ['config.storageTemplate.template', '{{yyyy}}/{{filename}}', 'v3.0.3'],
  ...config('trash.days', -1),
  ...config('user.deleteDelay', 0),
  ...server('IMMICH_LOG_LEVEL', 'loud', 'DEBUG'),
  ...server('IMMICH_IGNORE_MOUNT_CHECK_ERRORS', 'maybe'),
  ...server('IMMICH_TELEMETRY_INCLUDE', 'everything'),
  ...server('IMMICH_PLUGINS_INSTALL_FOLDER', 'plugins'),
  ...server('IMMICH_HELMET_FILE', '/etc/helmet.json'),
  ...server('IMMICH_TRUSTED_PROXIES', 'traefik'),
  ...learning('WORKERS', 'abc', '1.5', ''),
  ...learning('MODEL_TTL', '5m', '1.5'),
  ...learning('REQUEST_THREADS', 'x'),
  ...learning('ANN', '2'),
  ...learning('OPENVINO_PRECISION', 'fp16'),
  ...learning('MAX_BATCH_SIZE__OCR', 'x'),
  ['machineLearning.environment.NO_COLOR', 'anything'],
  ['config.ffmpeg.targetAudioCodec', 'opus', 'v2.5.0'],
];

/** An installation of a version, without what else that version has to say. */
function withValue([path, value, version]: Row): string[] {
  const installation = homeWith(path, value);
  const whole: Mapping = isMapping(installation) ? installation : {};
  return errorsIn(stringify(version === undefined ? whole : { ...whole, version }));
}

const named = (rows: readonly Row[]) =>
  rows.map((row): [string, Row] => {
    const [path, value, version = 'any version'] = row;
    return [`${path}: ${JSON.stringify(value)}, in ${version}`, row];
  });

test.each(named(taken))('%s, is taken, as by Immich', (_, row) => {
  expect(withValue(row)).toEqual([]);
});

test.each(named(refused))('%s, is refused, as by Immich', (_, row) => {
  const errors = withValue(row);
  expect(errors).not.toEqual([]);
  expect(errors.join('\n')).toContain(row[0].split('.').at(-1));
});
