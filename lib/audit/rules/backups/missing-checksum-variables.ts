import { type Field, isUnknown } from '../../../manifests/field.ts';
import { type StoreView, stores } from '../../../manifests/views/store.ts';
import { documents } from '../../examples.ts';
import type { Rule } from '../../rule.ts';

export const missingChecksumVariables: Rule = {
  id: 'missing-checksum-variables',
  severity: 'warning',
  whose: 'upstream',
  meaning: "Backups go to an S3 store other than Amazon's with checksums that many of these refuse.",
  why: 'The Barman tools send newer checksums with every upload unless two variables tell them not to. Amazon takes them; many other stores answer with an error about a header or a checksum, and then no WAL is archived and the volume of the database fills up.',
  url: 'https://cloudnative-pg.io/documentation/current/appendixes/backup_barmanobjectstore/',
  limits: 'Newer releases of many stores take the checksums; which one is behind an address is not known.',
  examples: {
    good: documents(`apiVersion: barmancloud.cnpg.io/v1
kind: ObjectStore
metadata: { name: immich, namespace: immich }
spec:
  configuration:
    destinationPath: s3://immich
    endpointURL: https://objects.example.com
  instanceSidecarConfiguration:
    env:
      - { name: AWS_REQUEST_CHECKSUM_CALCULATION, value: when_required }
      - { name: AWS_RESPONSE_CHECKSUM_VALIDATION, value: when_required }`),
    broken: {
      '      - { name: AWS_REQUEST_CHECKSUM_CALCULATION, value: when_required }\n': '',
    },
  },
  check(inventory, report) {
    for (const store of stores(inventory)) {
      const endpoint = store.configuration.at('endpointURL');
      const missing = isOthers(endpoint) && isS3(store.configuration) ? missingIn(store) : [];
      if (missing.length > 0) {
        report(endpoint, {
          message: `Not all stores but Amazon's take the checksums that Barman sends unless ${missing.join(' and ')} ${missing.length === 1 ? 'says' : 'say'} when_required; a store that does not refuses every upload.`,
          fix: `Add ${missing.map((name) => `{ name: ${name}, value: when_required }`).join(' and ')} to ${placeOf(store)}.`,
          // Newer versions of many stores take them.
          ...(inventory.complete || refusing.test(endpoint.text ?? '') ? {} : { severity: 'info' }),
        });
      }
    }
  },
};

const checksumVariables = ['AWS_REQUEST_CHECKSUM_CALCULATION', 'AWS_RESPONSE_CHECKSUM_VALIDATION'];

/** Stores that are known to refuse them: https://github.com/boto/boto3/issues/4435 */
const refusing = /\bstorage\.googleapis\.com\b/;

function isS3(configuration: Field): boolean {
  return (
    configuration.at('s3Credentials').exists || /^s3:/.test(configuration.at('destinationPath').text ?? '')
  );
}

/** Whether an endpoint is known, and not one of Amazon's. */
function isOthers({ text }: Field): boolean {
  const host = /^https?:\/\/([^/:]+)/i.exec(text ?? '')?.[1];
  return host !== undefined && !isUnknown(text ?? '') && !/(^|\.)amazonaws\.com(\.cn)?$/i.test(host);
}

function missingIn({ variables, variablesFrom }: StoreView): string[] {
  // What config maps and secrets bring is not known.
  if (variablesFrom.items.length > 0) return [];
  return checksumVariables.filter((name) => {
    const variable = variables.items.find((one) => one.get('name') === name);
    const value = variable?.at('value').text;
    return (
      variable === undefined || (value !== undefined && !isUnknown(value) && !/^when_required$/i.test(value))
    );
  });
}

function placeOf({ configuration }: StoreView): string {
  return configuration.manifest.object.kind === 'ObjectStore'
    ? 'spec.instanceSidecarConfiguration.env'
    : 'spec.env of the Cluster';
}
