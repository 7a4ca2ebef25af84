import { isOpenedByIdentity } from '../installation/workload-identity.ts';
import type { RequiredSecret } from '../plan/secrets.ts';
import { enumerate } from '../values/parsed.ts';
import { identities } from './identity.ts';
import type { Names } from './names.ts';
import { bullets, commands, type Section } from './section.ts';

/** The Secrets that nothing makes, with the commands that make them. */
export function secrets(names: Names): Section {
  const needed = names.plan.secrets;
  const { secrets: source } = names.installation;
  const { drill } = names;
  return {
    title: 'Secrets to create first',
    blocks: [
      ...(needed.length === 0
        ? ['None: CloudNativePG makes the login of the database by itself.']
        : [
            'They are in no backup. Keep them where you keep passwords, or in git with SOPS: without them neither the backups nor the files can be read. Namespaces that do not exist yet may be created before Flux does it.',
            ...(source.kind === 'byHand'
              ? [commands(...needed.map((secret) => creation(names, secret)))]
              : [
                  `External Secrets makes them out of the store \`${source.store.name}\`, which must have these entries:`,
                  bullets(
                    ...needed.map(
                      ({ namespace, name, keys }) =>
                        `\`${source.keys[name] ?? name}\` with ${enumerate(keys.map((key) => `\`${key}\``))}, for \`${namespace}/${name}\`.`,
                    ),
                  ),
                ]),
            bullets(...needed.map(({ namespace, name, purpose }) => `\`${namespace}/${name}\`: ${purpose}.`)),
            ...(drill === undefined || isOpenedByIdentity(drill.store) ? [] : [readOnly(names)]),
          ]),
      ...identities(names),
    ],
  };
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
