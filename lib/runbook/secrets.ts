import type { FileDrillPlan } from '../drill/file-drill-plan.ts';
import { isOpenedByIdentity } from '../installation/workload-identity.ts';
import { encryptedSecretsOf } from '../plan/encrypted-secrets.ts';
import { type RequiredSecret, secretsToMake } from '../plan/secrets.ts';
import { enumerate } from '../values/parsed.ts';
import { identities } from './identity.ts';
import type { Names } from './names.ts';
import { bullets, commands, type Section } from './section.ts';

/** The chapter with the commands that make Secrets. */
export const secretsTitle = 'Secrets to create first';

/** The Secrets that nothing makes, with the commands that make them. */
export function secrets(names: Names): Section {
  const needed = secretsToMake(names.plan);
  const { drill, fileDrill } = names;
  return {
    title: secretsTitle,
    blocks: [
      ...(needed.length === 0
        ? ['None: CloudNativePG makes the login of the database by itself.']
        : [
            ...sourceBlocks(names),
            bullets(...needed.map(({ namespace, name, purpose }) => `\`${namespace}/${name}\`: ${purpose}.`)),
            ...(drill === undefined || isOpenedByIdentity(drill.store) ? [] : [readOnly(names)]),
            ...(fileDrill === undefined ? [] : [readOnlyRepository(fileDrill)]),
          ]),
      ...identities(names),
    ],
  };
}

const keeping =
  'They are in no backup. Keep them where you keep passwords, or in git with SOPS: without them neither the backups nor the files can be read. Namespaces that do not exist yet may be created before Flux does it.';

/** How the Secrets come to be. */
function sourceBlocks(names: Names): string[] {
  const { installation, plan, app, data } = names;
  const { secrets: source, flux, clusters } = installation;
  switch (source.kind) {
    case 'byHand':
      return [keeping, commands(...secretsToMake(plan).map((secret) => creation(names, secret)))];
    case 'externalSecrets':
      return [
        keeping,
        `External Secrets makes them out of the store \`${source.store.name}\`, which must have these entries:`,
        bullets(
          ...secretsToMake(plan).map(
            ({ namespace, name, keys }) =>
              `\`${source.keys[name] ?? name}\` with ${enumerate(keys.map((key) => `\`${key}\``))}, for \`${namespace}/${name}\`.`,
          ),
        ),
      ];
    case 'sops': {
      const kubectls = [
        ...new Set(secretsToMake(plan).map(({ cluster }) => (cluster === clusters.app ? app : data))),
      ];
      return [
        'They are in git, encrypted with SOPS, and Flux decrypts them: without their key neither the backups nor the files can be read. What it needs for that is made by hand, with the private key of age, which is kept where passwords are kept, and never in git:',
        commands(
          ...kubectls.map(
            (kubectl) =>
              `${kubectl} create secret generic ${source.secret} --namespace ${flux.namespace} --from-file=age.agekey=...`,
          ),
        ),
        'synth writes an `.example` beside each file that is missing, and says so; its first lines have the command that encrypts:',
        bullets(
          ...encryptedSecretsOf(plan).map(
            ({ secret: { keys }, file }) => `\`${file}\` with ${enumerate(keys.map((key) => `\`${key}\``))}.`,
          ),
        ),
      ];
    }
  }
}

function creation(names: Names, secret: RequiredSecret): string {
  const { clusters } = names.installation;
  return creationOf(secret.cluster === clusters.app ? names.app : names.data, secret);
}

/** The command that makes a Secret; its values are left to the reader. */
export function creationOf(kubectl: string, { namespace, name, keys, type }: RequiredSecret): string {
  const create = `${kubectl} create secret`;
  if (type === 'kubernetes.io/tls') {
    return `${create} tls ${name} --namespace ${namespace} --cert=tls.crt --key=tls.key`;
  }
  const literals = keys.map((key) =>
    /\.(crt|pem|json|key|ya?ml)$|CREDENTIALS$|^\.dockerconfigjson$/i.test(key)
      ? `--from-file=${key}=...`
      : `--from-literal=${key}=...`,
  );
  const typed = type === 'Opaque' ? '' : ` --type=${type}`;
  return `${create} generic ${name} --namespace ${namespace}${typed} ${literals.join(' ')}`;
}

/** How those of the drill of files are made. The password of a repository is the same for everybody. */
function readOnlyRepository({ namespace, files, store }: FileDrillPlan): string {
  const opened = {
    s3: 'a user who may only read and list, as that of the drill',
    azure: 'a shared access signature with `--permissions rl` in place of the key of the account',
    gcs: 'the key file of a service account with the role `roles/storage.objectViewer`',
  };
  return `\`${namespace}/${files.secret}\` has address and password of the library's restic repository, and to open its store ${opened[store]}: the drill of files writes nothing, not even a lock.`;
}

/** How the drill's credentials are made so that they can do no harm. */
function readOnly({ drill }: Names): string {
  const { store, namespace } = drill ?? {};
  const why = `The Secret of the drill in \`${namespace}\` must be able to read and list, and nothing else`;
  switch (store?.kind) {
    case 'azure': {
      const { hostname, pathname } = new URL(store.destinationPath);
      const [account] = hostname.split('.');
      const [, container] = pathname.split('/');
      return `${why}: \`az storage container generate-sas --account-name ${account} --name ${container} --permissions rl --expiry <date> --https-only\`. Note the date: the drill fails after it.`;
    }
    case 's3':
      return `${why}: a user of its own, with the policy actions \`s3:GetObject\`, \`s3:ListBucket\` and \`s3:GetBucketLocation\` on the bucket \`${new URL(store.destinationPath).hostname}\`.`;
    default:
      return `${why}: a service account with the role \`roles/storage.objectViewer\` on the bucket alone.`;
  }
}
