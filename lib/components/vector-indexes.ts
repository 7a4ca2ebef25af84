import { Construct } from 'constructs';
import type { CnpgSection } from '../../imports/sections.ts';
import { archiveFolderOf } from '../cnpg/lineage.ts';
import { type Cnpg, cnpg } from '../installation/cnpg.ts';
import { checkDigests } from '../installation/images.ts';
import { Properties } from '../installation/properties.ts';
import { host, image, label } from '../installation/texts.ts';
import { KubeJob, KubeServiceAccount, Quantity } from '../kubernetes/api.ts';
import { checksum } from '../kubernetes/checksum.ts';
import { jobPod } from '../kubernetes/cnpg/job-pod.ts';
import { psqlEnvironment } from '../kubernetes/cnpg/psql.ts';
import { comment } from '../kubernetes/comment.ts';
import { harden } from '../kubernetes/hardened.ts';
import { ownLabels, podLabelsOf } from '../kubernetes/labels.ts';
import type { OwnPods } from '../kubernetes/network.ts';
import { podsOf } from '../kubernetes/own-pods.ts';
import { present } from '../kubernetes/present.ts';
import { vectorIndexesName } from '../names.ts';
import { loginSecretOf } from '../plan/connections.ts';
import type { Checked } from '../schema/checked.ts';
import { quote } from '../text/quoting.ts';
import { type Image, postgresVersions } from '../values/image.ts';
import { vectorIndexScript } from './vector-index-script.ts';

/** What the Job that looks after vector indexes is made of. */
export interface VectorIndexesProps {
  /** Namespace of the database. */
  readonly namespace: string;
  /** The section `database.cnpg` of an installation file, with `image`. */
  readonly cnpg: CnpgSection | Checked<Cnpg>;
  /**
   * PostgreSQL with VectorChord, as the database has it; it wins over that of the section.
   * @default `image` of the section
   */
  readonly image?: string | Checked<Image>;
  /**
   * DNS name of the primary, where the database is in another namespace.
   * @default the Service that CloudNativePG makes beside the database
   */
  readonly host?: string;
  /**
   * What the name of the Job begins with; its pods and their account are called so.
   * @default immich-vectorchord
   */
  readonly name?: string;
}

/**
 * A Job that searches by Immich's vector indexes, and builds those anew that another VectorChord cannot read. Nobody else
 * does: Immich rebuilds them only where it has altered the extension itself, and there the Database object does that.
 *
 * Its name tells the VectorChord, and changes with the image and with the life of the database, so that it runs again
 * after every upgrade and restore: a Job that is done cannot be changed.
 *
 * @example
 * new VectorIndexes(chart, 'indexes', { namespace: 'photos', cnpg });
 */
export class VectorIndexes extends Construct {
  /** Name of the Job. */
  readonly name: string;
  /** Its pods, for `NetworkPolicies` and for policies of others: they must reach the database. */
  readonly pods: OwnPods;
  /** What is likely wrong in the properties, a sentence each; an app may print them. */
  readonly warnings: readonly string[];

  /** @throws Error when a property is wrong, with the sentences that the installation file would get. */
  constructor(scope: Construct, id: string, props: VectorIndexesProps) {
    super(scope, id);
    const properties = new Properties(`VectorIndexes ${quote(id)}`);
    const settings = properties.read(cnpg, props.cnpg, 'cnpg');
    const namespace = properties.read(label, props.namespace, 'namespace');
    const used = properties.read(image, props.image ?? settings.image?.text, 'image');
    properties.check(props.cnpg, (at) => checkDigests({ image: used }, at.in('image')));
    this.warnings = properties.warnings;
    const prefix = properties.read(label, props.name ?? vectorIndexesName, 'name');
    this.pods = podsOf(prefix);
    new KubeServiceAccount(this, 'account', {
      metadata: { name: prefix, namespace, labels: ownLabels },
      automountServiceAccountToken: false,
    });
    const at = props.host === undefined ? undefined : properties.read(host, props.host, 'host');
    this.name = job(this, { prefix, namespace, cnpg: settings, image: used, host: at });
  }
}

/** What the props come to, once they are read. */
interface Described {
  readonly prefix: string;
  readonly namespace: string;
  readonly cnpg: Cnpg;
  readonly image: Image;
  readonly host: string | undefined;
}

/** Makes the Job, and returns its name. */
function job(scope: Construct, { prefix, namespace, cnpg, image, host }: Described): string {
  const version = postgresVersions(image)?.vectorchord;
  const spec = {
    backoffLimit: 6,
    // A large library takes an hour at most; what hangs is tried again.
    activeDeadlineSeconds: 21_600,
    template: {
      metadata: { labels: podLabelsOf(prefix) },
      spec: {
        ...jobPod(prefix, cnpg),
        containers: [
          {
            name: 'psql',
            ...harden({ image, readOnlyRootFilesystem: true, resources }),
            command: ['/bin/sh', '-c', vectorIndexScript(version)],
            env: psqlEnvironment({
              database: cnpg.name,
              secret: loginSecretOf(cnpg),
              ...present({ host }),
              settings: [
                'client_min_messages=error',
                // The planner shall take the index wherever it can, however small the table.
                ...['enable_seqscan=off', 'enable_sort=off', 'enable_bitmapscan=off'],
                'vchordrq.probes=1',
              ],
            }),
            volumeMounts: [{ name: 'tmp', mountPath: '/tmp' }],
          },
        ],
        volumes: [{ name: 'tmp', emptyDir: { sizeLimit: Quantity.fromString('64Mi') } }],
      },
    },
  };
  const named = version === undefined ? [] : [version.replaceAll('.', '-')];
  const life = checksum(JSON.stringify([spec, archiveFolderOf(cnpg)])).slice(0, 8);
  const name = [prefix, ...named, life].join('-');
  const object = new KubeJob(scope, 'job', { metadata: { name, namespace, labels: ownLabels }, spec });
  comment(
    object,
    ['metadata', 'name'],
    'Another name with every image of the database and after every restore, so that it runs again.',
  );
  return name;
}

const resources = {
  requests: { cpu: { text: '50m' }, memory: { text: '64Mi' } },
  limits: { cpu: undefined, memory: { text: '256Mi' } },
};
