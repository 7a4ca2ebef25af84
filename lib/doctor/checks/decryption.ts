import type { Check } from '../check.ts';
import { judge, sayError, sayWell } from '../finding.ts';

/** Whether Flux has the private key for Secrets that are encrypted in git. */
export const decryption: Check = {
  id: 'decryption',
  title: 'Key of the encrypted Secrets',
  isOfLife: false,
  look: async ({ plan, kubectl, cluster: here }, cluster) => {
    const { secrets: source, flux } = plan.installation;
    if (source.kind !== 'sops' || !plan.secrets.some((secret) => secret.cluster === here)) return [];
    const { namespace } = flux;
    const called = `Secret ${namespace}/${source.secret}`;
    const create = `${kubectl} create secret generic ${source.secret} --namespace ${namespace} --from-file=age.agekey=...`;
    return judge(await cluster.secret(namespace, source.secret), called, {
      seen: ({ keys }) =>
        // https://fluxcd.io/flux/components/kustomize/kustomizations/#age-secret-entry
        keys.some((key) => key.endsWith('.agekey'))
          ? [sayWell(`${called} has a private key of age.`)]
          : [
              sayError(
                `${called} has no key that ends in .agekey, so that Flux decrypts none of the Secrets in git.`,
                `${kubectl} delete secret ${source.secret} --namespace ${namespace}`,
                create,
              ),
            ],
      absent: () => [
        sayError(
          `${called} is missing, with which Flux decrypts the Secrets in git. Nothing starts that reads them.`,
          create,
        ),
      ],
    });
  },
};
