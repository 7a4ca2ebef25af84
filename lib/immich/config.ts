import { mapping, optional } from '../schema/mapping.ts';
import { anyText, choice, flag, textLike, wholeNumber } from '../schema/scalar.ts';
import { type Read, refine, type Schema } from '../schema/schema.ts';
import { quote } from '../values/parsed.ts';
import { backup } from './config/backup.ts';
import { ffmpeg } from './config/ffmpeg.ts';
import { image } from './config/image.ts';
import { integrityChecks } from './config/integrity-checks.ts';
import { job } from './config/job.ts';
import { library } from './config/library.ts';
import { machineLearning } from './config/machine-learning.ts';
import { notifications, templates } from './config/notifications.ts';
import { oauth } from './config/oauth.ts';
import { freeText, optionalAddress, webAddress } from './config/scalars.ts';

export { type ConfigProblem, configProblems } from './config/problems.ts';

const timeOfDay = textLike(
  /^(?:[01]\d|2[0-3]):[0-5]\d$/,
  (value) => `${quote(value)} is not a time of day. Write hours and minutes in quotes, such as "03:30".`,
  { examples: ['03:30'] },
);

const settings = mapping({
  backup: optional(backup, "Immich's own dump of its database."),
  ffmpeg: optional(ffmpeg, 'How videos are transcoded.'),
  image: optional(image, 'Which smaller images are made of each photo.'),
  integrityChecks: optional(integrityChecks, 'How Immich compares its files with its database.'),
  job: optional(job, 'How many jobs of a kind run at a time.'),
  library: optional(library, 'How Immich follows changes in external libraries.'),
  logging: optional(
    mapping({
      enabled: optional(flag, 'Whether to log; default true.'),
      level: optional(
        choice('verbose', 'debug', 'log', 'warn', 'error', 'fatal'),
        'The least severe messages to log; default log.',
      ),
    }),
    'What the server logs.',
  ),
  machineLearning: optional(machineLearning, 'What machine learning does, and where it runs.'),
  map: optional(
    mapping({
      enabled: optional(flag, 'Whether there is a map; default true.'),
      lightStyle: optional(webAddress, 'The address of a light style; default the built-in one.'),
      darkStyle: optional(webAddress, 'The address of a dark style; default the built-in one.'),
    }),
    'The map of photos.',
  ),
  metadata: optional(
    mapping({
      faces: optional(
        mapping({ import: optional(flag, 'Whether faces named in files are imported; default false.') }),
        'Faces in metadata.',
      ),
    }),
    'What is taken from the metadata of files.',
  ),
  newVersionCheck: optional(
    mapping({
      enabled: optional(flag, 'Whether to ask the internet for newer versions; default true.'),
      channel: optional(choice('stable', 'releaseCandidate'), 'Which versions to announce; default stable.'),
    }),
    'Announcements of new versions.',
  ),
  nightlyTasks: optional(
    mapping({
      startTime: optional(timeOfDay, 'When they start, in the time zone of the server; default "00:00".'),
      clusterNewFaces: optional(flag, 'Whether new faces become people; default true.'),
      databaseCleanup: optional(flag, 'Whether old rows are deleted; default true.'),
      generateMemories: optional(flag, 'Whether memories are made; default true.'),
      missingThumbnails: optional(flag, 'Whether missing thumbnails are made; default true.'),
      syncQuotaUsage: optional(flag, "Whether users' storage is recounted; default true."),
    }),
    'What runs every night.',
  ),
  notifications: optional(notifications, 'The mail that Immich sends.'),
  oauth: optional(oauth, 'Login through an OpenID Connect provider.'),
  passwordLogin: optional(
    mapping({ enabled: optional(flag, 'Whether users may log in by password; default true.') }),
    'Login by password.',
  ),
  reverseGeocoding: optional(
    mapping({ enabled: optional(flag, 'Whether photos get the names of places; default true.') }),
    'The names of places.',
  ),
  server: optional(
    mapping({
      externalDomain: optional(
        optionalAddress,
        'The address in shared links, such as https://photos.example.com.',
      ),
      loginPageMessage: optional(freeText, 'A message on the login page.'),
      publicUsers: optional(flag, 'Whether users see each other; default true.'),
    }),
    'How the server presents itself.',
  ),
  storageTemplate: optional(
    mapping({
      enabled: optional(flag, 'Whether files are named by the template; default false.'),
      hashVerificationEnabled: optional(
        flag,
        'Whether a moved file is compared with its original; default true.',
      ),
      template: optional(anyText, 'The path of a file; default {{y}}/{{y}}-{{MM}}-{{dd}}/{{filename}}.'),
    }),
    'How files in the library are named.',
  ),
  templates: optional(templates, 'The texts of the mail that Immich sends.'),
  theme: optional(
    mapping({ customCss: optional(freeText, 'A style sheet for every page.') }),
    'How pages look.',
  ),
  trash: optional(
    mapping({
      enabled: optional(flag, 'Whether deleted photos stay for a while; default true.'),
      days: optional(wholeNumber(0, 100_000), 'The days they stay; default 30.'),
    }),
    'What happens to deleted photos.',
  ),
  user: optional(
    mapping({ deleteDelay: optional(wholeNumber(1, 100_000), 'The days a deleted user stays; default 7.') }),
    'What happens to deleted users.',
  ),
});

/**
 * Immich's own configuration, as IMMICH_CONFIG_FILE names it. What is not written has Immich's default, whatever the
 * web interface once stored. Keys, limits and defaults: `AdminConfigDto` of Immich v3.2,
 * https://docs.immich.app/install/config-file
 */
export type ImmichConfig = Read<typeof settings>;

/** Reads Immich's own configuration; the value has the written keys only. */
export const immichConfig: Schema<ImmichConfig> = refine(settings, (config) => withoutEmpty(config));

/** The same without keys that have no value, at every depth. */
function withoutEmpty<T>(value: T): T {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
  const result = { ...value };
  for (const key of keysOf(result)) {
    if (result[key] === undefined) delete result[key];
    else result[key] = withoutEmpty(result[key]);
  }
  return result;
}

function keysOf<T extends object>(value: T): (keyof T)[] {
  const keys: (keyof T)[] = [];
  for (const key in value) keys.push(key);
  return keys;
}
