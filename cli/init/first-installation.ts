import { inlineOf } from '../../lib/dist/scalar.ts';
import { newestDatabaseImage } from '../../lib/immich/versions.ts';
import { drillNamespaceFor } from '../../lib/installation/drill-namespace.ts';
import { fillIn } from '../../lib/installation/fill-in.ts';
import { standardValkeyImage } from '../../lib/installation/valkey.ts';
import { parseImmichVersion } from '../../lib/values/version.ts';
import { type Delivery, deliveryLines } from './delivery.ts';

/** What a person says of a first installation. What is undefined is marked as to be filled in. */
export interface Answers {
  readonly name: string;
  readonly immichVersion: string;
  readonly host: string | undefined;
  readonly storageClass: string | undefined;
  readonly librarySize: string;
  readonly libraryBackup: LibraryBackup | undefined;
  readonly bucket: string | undefined;
  readonly endpoint: string | undefined;
  readonly credentials: string;
  readonly issuer: string | undefined;
  readonly namespace: string;
  /** Why the namespace is shared with others; undefined where nobody is known to live there. */
  readonly sharedBecause: string | undefined;
  readonly delivery: Delivery;
}

/** How the library is backed up, by the word for it in an installation file. */
export type LibraryBackup = (typeof libraryBackups)[number];

export const libraryBackups = ['volsync', 'longhorn', 'none'] as const;

/**
 * The text of a first installation file.
 *
 * @param schema The way from its folder to the JSON Schema, for the editor.
 * @param dist Where dist stands, as seen from the root of the git repository.
 */
export function firstInstallation(answers: Answers, schema: string, dist: string): string {
  const storageClass = requireAnswer(answers.storageClass, 'your storage class');
  const image = imageFor(answers.immichVersion);
  return [
    `# yaml-language-server: $schema=${schema}`,
    `name: ${inlineOf(answers.name)}`,
    `version: ${inlineOf(answers.immichVersion)}`,
    `host: ${requireAnswer(answers.host, 'the DNS name of your photos, such as photos.example.com')}`,
    ...namespaceLines(answers),
    'volumes:',
    `  library: { storageClass: ${storageClass}, size: ${inlineOf(answers.librarySize)}, ${backupOf(answers.libraryBackup)} }`,
    `  models:  { storageClass: ${storageClass}, size: 20Gi }`,
    'database:',
    '  cnpg:',
    `    image: ${requireAnswer(image, 'an image of PostgreSQL with VectorChord that this version of Immich works with')}`,
    `    storage: { storageClass: ${storageClass}, size: 20Gi }`,
    // A quarter of the volume: see the warning of lib/installation/cnpg.ts.
    '    parameters: { max_slot_wal_keep_size: 5GB }',
    '    backup:',
    '      s3:',
    `        bucket: ${requireAnswer(answers.bucket, 'your S3 bucket')}`,
    `        endpoint: ${requireAnswer(answers.endpoint, 'the address of your S3 service, such as https://s3.example.com')} # remove the key for Amazon`,
    `        credentials: ${inlineOf(answers.credentials)} # the Secret with ACCESS_KEY_ID and ACCESS_SECRET_KEY`,
    ...(answers.sharedBecause === undefined
      ? []
      : [
          `      drill: { namespace: ${inlineOf(drillNamespaceFor(answers.namespace))} } # made for it alone`,
        ]),
    'server:',
    `  # ${imageLine(`ghcr.io/immich-app/immich-server:${answers.immichVersion}`)}`,
    '  allowSetup: true # whoever comes first becomes the administrator: remove this line once you have your account',
    '# machineLearning:',
    `#   ${imageLine(`ghcr.io/immich-app/immich-machine-learning:${answers.immichVersion}`)}`,
    'valkey:',
    `  # ${imageLine(standardValkeyImage)}`,
    `  persistence: { storageClass: ${storageClass}, size: 2Gi } # jobs that wait outlive a restart`,
    '# A digest keeps an image what it is today. This prints it, for the lines above and that of the database:',
    '#   docker buildx imagetools inspect <image> --format "{{.Manifest.Digest}}"',
    'route:',
    `  certificate: { clusterIssuer: ${requireAnswer(answers.issuer, 'your ClusterIssuer of cert-manager')} }`,
    ...deliveryLines(answers.delivery, dist),
    '',
  ].join('\n');
}

function namespaceLines({ namespace, sharedBecause }: Answers): string[] {
  return [
    ...(namespace === 'immich' ? [] : [`namespace: ${inlineOf(namespace)}`]),
    ...(sharedBecause === undefined ? [] : [`sharedNamespace: true # ${sharedBecause}`]),
  ];
}

/** A line to fill in, which does nothing as long as it is a comment. */
function imageLine(image: string): string {
  return `image: ${image}@sha256:...`;
}

function backupOf(answer: LibraryBackup | undefined): string {
  switch (answer) {
    case undefined:
      return `backup: ${JSON.stringify(fillIn('how the photos outlive their volume: { volsync: {} }, { longhorn: {} }, or none with a reason'))}`;
    case 'none':
      return `backup: none, reason: ${JSON.stringify(fillIn('what else keeps the photos safe'))}`;
    default:
      return `backup: { ${answer}: {} }`;
  }
}

function requireAnswer(answer: string | undefined, what: string): string {
  return answer === undefined ? JSON.stringify(fillIn(what)) : inlineOf(answer);
}

function imageFor(immichVersion: string): string | undefined {
  const version = parseImmichVersion(immichVersion);
  return version.ok ? newestDatabaseImage(version.value) : undefined;
}
