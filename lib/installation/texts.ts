import { parseBackupSchedule } from '../cnpg/backup-schedule.ts';
import { parseRetention } from '../cnpg/retention.ts';
import { orNumber, text, wholeNumber } from '../schema/scalar.ts';
import type { Schema } from '../schema/schema.ts';
import { variable } from '../schema/variable.ts';
import { parseCron } from '../values/cron.ts';
import { parseImage } from '../values/image.ts';
import { parseLabelName, parseLabelValue } from '../values/labels.ts';
import {
  parseAzureDestination,
  parseBucket,
  parseCidr,
  parseEndpoint,
  parseNfsPath,
  parseNfsServer,
  parsePage,
  parseServer,
} from '../values/locations.ts';
import { parseMoment } from '../values/moment.ts';
import { parseDnsLabel, parseDnsSubdomain, parseHost, parseKind, parseSecretKey } from '../values/names.ts';
import { type Parsed, quote, refuse, understand } from '../values/parsed.ts';
import { parseCpu, parseMemory, parseStorage } from '../values/quantity.ts';
import { parseTimeZone } from '../values/time-zone.ts';
import {
  compareVersions,
  parseImmichVersion,
  parseOperatorVersion,
  type Version,
} from '../values/version.ts';

const standardDatabaseImage = 'ghcr.io/tensorchord/cloudnative-vectorchord:17.10-1.1.1';
const standardExtensionImage = 'ghcr.io/tensorchord/vchord-scratch:pg18-v1.1.1';

/** The kinds of text that an installation file holds, each read into its own type. */
// Patterns are for editors, and refuse nothing that is read here: what they cannot say, reading says.
const dnsName = '[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)';
const number = '([0-9]+(\\.[0-9]*)?|\\.[0-9]+)';
const size = `^\\+?${number}([KMGTPE]i|[numkMGTPE]|[eE][+-]?[0-9]{1,3})$`;
const fieldsOfCron = (count: string) => `^(@.+|\\s*\\S+(\\s+\\S+)${count}\\s*)$`;

export const label = text(parseDnsLabel, { pattern: '^[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?$' });
export const objectName = text(parseDnsSubdomain, { pattern: `^${dnsName}*$` });

const portNumber = wholeNumber(1, 65_535);

/** A port of a Service, by its name or number. */
export const servicePort: Schema<string | number> = {
  read: (value, at) => (typeof value === 'number' ? portNumber.read(value, at) : label.read(value, at)),
  json: { oneOf: [label.json, portNumber.json] },
};

export const labelName = text(parseLabelName);
export const labelValue = text(parseLabelValue);
export const timeZone = text(parseTimeZone, {
  pattern: '^[A-Z][\\w+-]*(/[A-Z][\\w+-]*)*$',
  examples: ['Europe/Zurich'],
});
export const host = variable(text(parseHost, { pattern: `^${dnsName}+$`, examples: ['photos.example.com'] }));
export const secretKey = text(parseSecretKey);
export const image = text(parseImage, { examples: ['docker.io/valkey/valkey:9.1-alpine@sha256:...'] });
export const databaseImage = text((image) => parseImage(image, standardDatabaseImage), {
  examples: [standardDatabaseImage],
});
export const extensionImage = text((image) => parseImage(image, standardExtensionImage), {
  examples: [standardExtensionImage],
});
export const immichVersion = text(parseImmichVersion, {
  pattern: '^v[0-9]+\\.[0-9]+\\.[0-9]+$',
  examples: ['v3.3.1'],
});
export const operatorVersion = text(parseSupportedOperator, {
  pattern: '^[0-9]+\\.[0-9]+(\\.[0-9]+)?$',
  examples: ['1.30'],
});
export const kubernetesVersion = text(parseKubernetesVersion, {
  pattern: '^1\\.[0-9]+$',
  examples: ['1.34'],
});
export const storageSize = text(parseStorage, { pattern: size, examples: ['500Gi'] });
export const memory = text(parseMemory, { pattern: size, examples: ['512Mi'] });
export const cpu = orNumber(
  text(parseCpu, { pattern: `^\\+?${number}([num]|[eE][+-]?[0-9]{1,3})?$`, examples: ['200m'] }),
);
export const backupSchedule = text(parseBackupSchedule, {
  pattern: fieldsOfCron('{5}'),
  examples: ['0 0 3 * * *', '@daily'],
});
export const objectKind = text(parseKind, {
  pattern: '^[A-Z][A-Za-z0-9]*$',
  examples: ['VolumeSnapshot'],
});

export const moment = text(parseMoment, {
  pattern: '^[0-9]{4}-[0-9]{2}-[0-9]{2}',
  examples: ['2026-11-20T03:00:00Z'],
});
export const cron = text(parseCron, { pattern: fieldsOfCron('{4}'), examples: ['0 2 * * *'] });
export const retention = text(parseRetention, { pattern: '^[1-9][0-9]*[dwm]$', examples: ['14d'] });
export const azureDestination = text(parseAzureDestination, {
  examples: ['https://account.blob.core.windows.net/container/immich'],
});
export const bucket = variable(text(parseBucket));
export const endpoint = variable(
  text(parseEndpoint, { pattern: '^https?://', examples: ['https://s3.example.com'] }),
  'url',
);
export const page = text(parsePage, {
  examples: ['https://github.com/you/home/blob/main/dist/home/RUNBOOK.md'],
});
export const server = variable(text((value) => parseServer(value), { examples: ['redis.example.net'] }));
export const nfsServer = variable(text(parseNfsServer, { examples: ['nas.example.net'] }));
export const nfsPath = variable(text(parseNfsPath, { pattern: '^/', examples: ['/export/immich/library'] }));
export const cidr = variable(text(parseCidr, { examples: ['10.0.0.0/8'] }), 'address');

function parseKubernetesVersion(value: string): Parsed<Version> {
  const [, minor] = /^1\.([1-9][0-9])$/.exec(value) ?? [];
  return minor === undefined
    ? refuse(
        `${quote(value)} is not a version of Kubernetes, or lacks its quotes: without them 1.30 is read as 1.3. Write two numbers in quotes, such as "1.34".`,
      )
    : understand({ text: value, major: 1, minor: Number(minor), patch: 0 });
}

/** The first operator release that the Barman Cloud plugin works with. */
const oldestOperator: Version = { text: '1.26', major: 1, minor: 26, patch: 0 };

function parseSupportedOperator(value: string): Parsed<Version> {
  const version = parseOperatorVersion(value);
  return version.ok && compareVersions(version.value, oldestOperator) < 0
    ? refuse(
        `${quote(value)} is older than ${oldestOperator.text}, the oldest operator that is described here, or lacks its quotes: without them 1.30 is read as 1.3. Write it in quotes, such as "1.30", and upgrade an older operator first.`,
      )
    : version;
}
