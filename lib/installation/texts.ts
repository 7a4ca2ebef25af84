import { backupSchedulePattern, parseBackupSchedule } from '../cnpg/backup-schedule.ts';
import { parseRetention, retentionPattern } from '../cnpg/retention.ts';
import { oldestSupported } from '../immich/versions.ts';
import { orNumber, text, wholeNumber } from '../schema/scalar.ts';
import type { Schema } from '../schema/schema.ts';
import { variable } from '../schema/variable.ts';
import { cronPattern, parseCron } from '../values/cron.ts';
import { imagePattern, parseImage } from '../values/image.ts';
import { labelNamePattern, labelValuePattern, parseLabelName, parseLabelValue } from '../values/labels.ts';
import {
  azurePattern,
  bucketPattern,
  cidrPattern,
  endpointPattern,
  nfsPathPattern,
  pagePattern,
  parseAzureDestination,
  parseBucket,
  parseCidr,
  parseEndpoint,
  parseNfsPath,
  parseNfsServer,
  parsePage,
  parseServer,
  serverPattern,
} from '../values/locations.ts';
import { momentPattern, parseMoment } from '../values/moment.ts';
import {
  hostPattern,
  kindPattern,
  labelPattern,
  parseDnsLabel,
  parseDnsSubdomain,
  parseHost,
  parseKind,
  parseSecretKey,
  secretKeyPattern,
  subdomainPattern,
} from '../values/names.ts';
import { type Parsed, quote, refuse, understand } from '../values/parsed.ts';
import { cpuPattern, parseCpu, parseMemory, parseStorage, sizePattern } from '../values/quantity.ts';
import { parseTimeZone, timeZonePattern } from '../values/time-zone.ts';
import {
  compareVersions,
  immichVersionPattern,
  notBelow,
  operatorVersionPattern,
  parseImmichVersion,
  parseOperatorVersion,
  type Version,
} from '../values/version.ts';

/** The first operator release that the Barman Cloud plugin works with. */
const oldestOperator: Version = { text: '1.26', major: 1, minor: 26, patch: 0 };

const kubernetesForm = /^1\.([1-9][0-9])$/;

const standardDatabaseImage = 'ghcr.io/tensorchord/cloudnative-vectorchord:17.10-1.1.1';
const standardExtensionImage = 'ghcr.io/tensorchord/vchord-scratch:pg18-v1.1.1';

/** The kinds of text that an installation file holds, each read into its own type. */
// Patterns are for editors, and refuse nothing that is read here: what they cannot say, reading says.
export const label = text(parseDnsLabel, { pattern: labelPattern });
export const objectName = text(parseDnsSubdomain, { pattern: subdomainPattern });

const portNumber = wholeNumber(1, 65_535);

/** A port of a Service, by its name or number. */
export const servicePort: Schema<string | number> = {
  read: (value, at) => (typeof value === 'number' ? portNumber.read(value, at) : label.read(value, at)),
  json: { oneOf: [label.json, portNumber.json] },
};

export const labelName = text(parseLabelName, { pattern: labelNamePattern });
export const labelValue = text(parseLabelValue, { pattern: labelValuePattern });
export const timeZone = text(parseTimeZone, {
  pattern: timeZonePattern,
  examples: ['Europe/Zurich'],
});
export const host = variable(text(parseHost, { pattern: hostPattern, examples: ['photos.example.com'] }));
export const secretKey = text(parseSecretKey, { pattern: secretKeyPattern });
export const image = text(parseImage, {
  pattern: imagePattern,
  examples: ['docker.io/valkey/valkey:9.1-alpine@sha256:...'],
});
export const databaseImage = text((image) => parseImage(image, standardDatabaseImage), {
  pattern: imagePattern,
  examples: [standardDatabaseImage],
});
export const extensionImage = text((image) => parseImage(image, standardExtensionImage), {
  examples: [standardExtensionImage],
});
export const immichVersion = text(parseImmichVersion, {
  pattern: `^${notBelow(oldestSupported, 'v')}${immichVersionPattern.slice(1)}`,
  examples: ['v3.3.1'],
});
export const operatorVersion = text(parseSupportedOperator, {
  pattern: `^${notBelow(oldestOperator)}${operatorVersionPattern.slice(1)}`,
  examples: ['1.30'],
});
export const kubernetesVersion = text(parseKubernetesVersion, {
  pattern: kubernetesForm.source,
  examples: ['1.34'],
});
export const storageSize = text(parseStorage, { pattern: sizePattern, examples: ['500Gi'] });
export const memory = text(parseMemory, { pattern: sizePattern, examples: ['512Mi'] });
export const cpu = orNumber(text(parseCpu, { pattern: cpuPattern, examples: ['200m'] }), {
  type: 'number',
  minimum: 0.001,
  maximum: 999.999,
});
export const backupSchedule = text(parseBackupSchedule, {
  pattern: backupSchedulePattern,
  examples: ['0 0 3 * * *', '@daily'],
});
export const objectKind = text(parseKind, {
  pattern: kindPattern,
  examples: ['VolumeSnapshot'],
});

export const moment = text(parseMoment, {
  pattern: momentPattern,
  examples: ['2026-11-20T03:00:00Z'],
});
export const cron = text(parseCron, { pattern: cronPattern, examples: ['0 2 * * *'] });
export const retention = text(parseRetention, { pattern: retentionPattern, examples: ['14d'] });
export const azureDestination = text(parseAzureDestination, {
  pattern: azurePattern,
  examples: ['https://account.blob.core.windows.net/container/immich'],
});
export const bucket = variable(text(parseBucket, { pattern: bucketPattern }));
export const endpoint = variable(
  text(parseEndpoint, { pattern: endpointPattern, examples: ['https://s3.example.com'] }),
  'url',
);
export const page = text(parsePage, {
  pattern: pagePattern,
  examples: ['https://github.com/you/home/blob/main/dist/home/RUNBOOK.md'],
});
export const server = variable(
  text((value) => parseServer(value), { pattern: serverPattern, examples: ['redis.example.net'] }),
);
export const nfsServer = variable(
  text(parseNfsServer, { pattern: serverPattern, examples: ['nas.example.net'] }),
);
export const nfsPath = variable(
  text(parseNfsPath, { pattern: nfsPathPattern, examples: ['/export/immich/library'] }),
);
export const cidr = variable(text(parseCidr, { pattern: cidrPattern, examples: ['10.0.0.0/8'] }), 'address');

function parseKubernetesVersion(value: string): Parsed<Version> {
  const [, minor] = kubernetesForm.exec(value) ?? [];
  return minor === undefined
    ? refuse(
        `${quote(value)} is not a version of Kubernetes, or lacks its quotes: without them 1.30 is read as 1.3. Write two numbers in quotes, such as "1.34".`,
      )
    : understand({ text: value, major: 1, minor: Number(minor), patch: 0 });
}

function parseSupportedOperator(value: string): Parsed<Version> {
  const version = parseOperatorVersion(value);
  return version.ok && compareVersions(version.value, oldestOperator) < 0
    ? refuse(
        `${quote(value)} is older than ${oldestOperator.text}, the oldest operator that is described here, or lacks its quotes: without them 1.30 is read as 1.3. Write it in quotes, such as "1.30", and upgrade an older operator first.`,
      )
    : version;
}
