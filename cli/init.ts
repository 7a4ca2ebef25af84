import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { dirname, posix } from 'node:path';
import { parseArgs } from 'node:util';
import { newestKnown } from '../lib/immich/versions.ts';
import { parseInstallation } from '../lib/installation/parse.ts';
import type { Surroundings } from '../lib/repository/surroundings.ts';
import { answerAtOnce, type CommandLine, commonOptions, commonUsage, refuseUsage } from './arguments.ts';
import type { Delivery } from './init/delivery.ts';
import { type Answers, firstInstallation, libraryBackups } from './init/first-installation.ts';
import { type Place, placeOf, sharedPlace, synthArguments } from './init/place.ts';
import { onceText, repositoryFiles } from './init/repository-files.ts';
import { applicationFolderFor, deliveryFrom, sharedBecause, surroundingsAt } from './init/surroundings.ts';
import { print } from './terminal.ts';

const usage = `Usage: immich-cdk8s init [options]

Writes a first installation file into this folder, and what a repository needs around it: workflows that check dist,
review pull requests and answer Renovate, renovate.json, the Kustomization for Flux, .gitattributes, .gitignore,
.checkov.yaml and README.md. No file that is there is touched.
Inside a git repository its manifests are read: whether others live in the namespace, from which source Flux takes it, and
whether its applications are laid out as in onedr0p/cluster-template, or applied by Argo CD. Then so is this one.
What is not given by an option stands in the installation file as "<fill in: ...>".

  --name <name>              name of the installation and its file (default: home)
  --host <name>              the DNS name of your photos
  --namespace <name>         where Immich will live (default: immich)
  --storage-class <name>     for the library, the models and the database
  --library-size <quantity>  how large the library's volume is (default: 500Gi)
  --library-backup <how>     volsync, longhorn or none
  --bucket <name>            the S3 bucket for the backups of the database
  --endpoint <url>           the address of the S3 service
  --credentials <secret>     the Secret with ACCESS_KEY_ID and ACCESS_SECRET_KEY (default: immich-backup)
  --issuer <name>            the ClusterIssuer of cert-manager
  --immich-version <version> (default: ${newestKnown.text})
  --deliver <how>            flux or argocd (default: as the repository has it, or flux)
  --layout <how>             layers or cluster-template (default: as the repository has it, or layers)
  --output <folder>          where synth will write (default: dist; in cluster-template the folder of the application's
                             namespace, best one that is there)
  --installations <folder>   where installation files are (default: installations)
  --flux <folder>            where the Kustomization, or the Application, goes, best one that Flux or Argo CD reads
                             already (default: flux, or argocd)
${commonUsage}
Exit code: 0; 2 when a value cannot be used.
`;

const options = {
  ...commonOptions,
  name: { type: 'string', default: 'home' },
  host: { type: 'string' },
  namespace: { type: 'string', default: 'immich' },
  'storage-class': { type: 'string' },
  'library-size': { type: 'string', default: '500Gi' },
  'library-backup': { type: 'string' },
  bucket: { type: 'string' },
  endpoint: { type: 'string' },
  credentials: { type: 'string', default: 'immich-backup' },
  issuer: { type: 'string' },
  'immich-version': { type: 'string', default: newestKnown.text },
  output: { type: 'string' },
  deliver: { type: 'string' },
  layout: { type: 'string' },
  installations: { type: 'string', default: 'installations' },
  flux: { type: 'string' },
} as const;

const command: CommandLine = { name: 'init', usage: usage, options: options, mostArguments: 0 };

/** The command: a first installation and the files around it. Returns the exit code. */
export function init(args: readonly string[]): number {
  const code = answerAtOnce(args, command);
  if (code !== undefined) return code;
  const { values } = parseArgs({ args: [...args], options: options });
  for (const [option, words] of choices) {
    const value = values[option];
    if (value !== undefined && !words.includes(value)) {
      return refuseUsage(`--${option} ${value} is not known. Write one of ${words.join(', ')}.`, command);
    }
  }
  if (values.layout === 'cluster-template' && values.deliver === 'argocd') {
    return refuseUsage(
      '--layout cluster-template is for Flux, and not for Argo CD. Leave one of them out.',
      command,
    );
  }
  const libraryBackup = libraryBackups.find((one) => one === values['library-backup']);
  const { installations, namespace } = values;
  const folders = (output: string, flux: string) => placeOf({ output, installations, flux });
  const first = folders(values.output ?? 'dist', values.flux ?? 'flux');
  if (typeof first === 'string') return refuseUsage(first, command);
  const surroundings = surroundingsAt(first.repository);
  const seenFromRoot = values.output === undefined ? undefined : first.dist;
  const found = applicationFolderFor(surroundings, { ...values, output: seenFromRoot });
  const delivery = deliveryFrom(surroundings, values, found);
  const place = placeFor(first, delivery, found?.folder, values);
  const answers: Answers = {
    ...{ name: values.name, host: values.host, bucket: values.bucket, endpoint: values.endpoint },
    ...{ credentials: values.credentials, issuer: values.issuer, immichVersion: values['immich-version'] },
    ...{ storageClass: values['storage-class'], librarySize: values['library-size'] },
    libraryBackup,
    namespace,
    delivery,
    sharedBecause: sharedBecause(surroundings, namespace, delivery),
  };
  const file = `${place.installations}/${answers.name}.yaml`;
  const text = firstInstallation(answers, schemaFrom(place), place.dist);
  const wrong = wrongAnswers(file, text);
  if (wrong.length > 0) return refuseUsage(wrong.join('\n'), command);
  const told = [...new Map([[file, text], ...repositoryFiles(answers.name, place, delivery)])].map(
    ([path, content]) =>
      writeUnlessThere(path, content) ? `${path}: written.` : `${path} is there already and stays as it is.`,
  );
  if (!values.quiet) {
    print(
      `${[...told, '', ...nextSteps(file, answers.name, place, delivery), ...adviceFor(surroundings)].join('\n')}\n`,
    );
  }
  return 0;
}

/** The words that an option may have. */
const choices: readonly (readonly ['library-backup' | 'deliver' | 'layout', readonly string[]])[] = [
  ['library-backup', libraryBackups],
  ['deliver', ['flux', 'argocd']],
  ['layout', ['layers', 'cluster-template']],
];

/** Where all stands, by who applies it. */
function placeFor(
  first: Place,
  { kind }: Delivery,
  applications: string | undefined,
  { name, flux }: { readonly name: string; readonly flux?: string | undefined },
): Place {
  switch (kind) {
    case 'flux':
      return first;
    case 'argocd':
      return { ...first, flux: flux === undefined ? 'argocd' : first.flux };
    case 'cluster-template': {
      const dist = applications ?? first.dist;
      const output = posix.relative(first.project, dist);
      return sharedPlace({ ...first, output, dist }, name);
    }
  }
}

/** Where the editor finds the schema, in a repository that has this package among its own. */
function schemaFrom({ installations }: Place): string {
  return posix.relative(installations, 'node_modules/immich-cdk8s/schema/installation.json');
}

/** What is wrong with the values that were given. What is still to be filled in is no mistake. */
function wrongAnswers(file: string, text: string): string[] {
  return parseInstallation(file, text)
    .problems.filter(({ severity, message }) => severity === 'error' && !message.startsWith('"<fill in: '))
    .map(({ key, message }) => `${key}: ${message}`);
}

function writeUnlessThere(path: string, text: string): boolean {
  if (existsSync(path)) return false;
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, text, { flag: 'wx' });
  return true;
}

function nextSteps(file: string, name: string, place: Place, delivery: Delivery): string[] {
  return [
    'Next:',
    `  1. Fill in what ${file} marks with "<fill in: ...>".`,
    `  2. npx --no-install immich-cdk8s synth${synthArguments(place)}`,
    '  3. Create the Secrets that it lists, commit, and review the diff.',
    `  4. ${onceText(name, place, delivery).replaceAll('`', '')}${delivery.kind === 'cluster-template' ? '' : '.'}`,
  ];
}

function adviceFor({ immich }: Surroundings): string[] {
  return immich === undefined
    ? []
    : [
        `There is an Immich in ${immich} already. Where that is to be this one, remove what init wrote, and have`,
        'npx --no-install immich-cdk8s adopt write the installation file, which keeps its data where they are.',
      ];
}
