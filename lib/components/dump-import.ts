import { Construct } from 'constructs';
import type { CnpgSection } from '../../imports/sections.ts';
import { type Cnpg, cnpg } from '../installation/cnpg.ts';
import { Properties } from '../installation/properties.ts';
import { image, label, objectName } from '../installation/texts.ts';
import { KubeJob, KubeServiceAccount, Quantity } from '../kubernetes/api.ts';
import { checksum } from '../kubernetes/checksum.ts';
import { jobPod } from '../kubernetes/cnpg/job-pod.ts';
import { psqlEnvironment } from '../kubernetes/cnpg/psql.ts';
import { comment } from '../kubernetes/comment.ts';
import { harden } from '../kubernetes/hardened.ts';
import { ownLabels, podLabelsOf } from '../kubernetes/labels.ts';
import type { OwnPods } from '../kubernetes/network.ts';
import { podsOf } from '../kubernetes/own-pods.ts';
import { dumpImportName } from '../names.ts';
import { loginSecretOf } from '../plan/connections.ts';
import type { Checked } from '../schema/checked.ts';
import { quote } from '../text/quoting.ts';
import type { Image } from '../values/image.ts';
import { dumpImportScript } from './dump-import-script.ts';

/** What the Job that reads a dump is made of. */
export interface DumpImportProps {
  /** Namespace of the database and of the library. */
  readonly namespace: string;
  /** The section `database.cnpg` of an installation file, with `importFrom: { dump }`. */
  readonly cnpg: CnpgSection | Checked<Cnpg>;
  /** Claim of the library, in which the dump lies. */
  readonly libraryClaim: string;
  /**
   * PostgreSQL with VectorChord, as the database has it; it wins over that of the section.
   * @default `image` of the section
   */
  readonly image?: string | Checked<Image>;
  /**
   * Numeric user that may read the library.
   * @default 1000
   */
  readonly user?: number;
  /**
   * Numeric group that may read the library.
   * @default 1000
   */
  readonly group?: number;
  /**
   * What the name of the Job begins with; its pods and their account are called so.
   * @default immich-import
   */
  readonly name?: string;
}

/**
 * A Job that reads a dump which Immich made into a database in which Immich has made nothing yet, as its owner: the
 * extensions are there already, by the Database object. It only reads the library, and touches no database with people in it.
 *
 * @example
 * const filled = { ...cnpg, importFrom: { dump: 'backups/immich.sql.gz' } };
 * new DumpImport(chart, 'import', { namespace: 'photos', cnpg: filled, libraryClaim: 'photos' });
 */
export class DumpImport extends Construct {
  /** Name of the Job. */
  readonly name: string;
  /** Its pods, for `NetworkPolicies` and for policies of others: they must reach the database. */
  readonly pods: OwnPods;

  /** @throws Error when a property is wrong, with the sentences that the installation file would get. */
  constructor(scope: Construct, id: string, props: DumpImportProps) {
    super(scope, id);
    const properties = new Properties(`DumpImport ${quote(id)}`);
    const settings = properties.read(cnpg, props.cnpg, 'cnpg');
    const { importDump } = settings;
    if (importDump === undefined) {
      throw new Error(
        `DumpImport ${quote(id)}: cnpg.importFrom: No dump is named. Write importFrom: { dump: path in the library }.`,
      );
    }
    const prefix = properties.read(label, props.name ?? dumpImportName, 'name');
    this.pods = podsOf(prefix);
    this.name = job(this, {
      prefix,
      dump: importDump,
      cnpg: settings,
      namespace: properties.read(label, props.namespace, 'namespace'),
      image: properties.read(image, props.image ?? settings.image?.text, 'image'),
      claim: properties.read(objectName, props.libraryClaim, 'libraryClaim'),
      user: props.user ?? 1000,
      group: props.group ?? 1000,
    });
  }
}

/** What the props come to, once they are read. */
interface Described {
  readonly prefix: string;
  readonly dump: string;
  readonly cnpg: Cnpg;
  readonly namespace: string;
  readonly image: Image;
  readonly claim: string;
  readonly user: number;
  readonly group: number;
}

/** Makes the Job and its account, and returns its name. */
function job(scope: Construct, described: Described): string {
  const { prefix, dump, cnpg, namespace, image, claim, user, group } = described;
  new KubeServiceAccount(scope, 'account', {
    metadata: { name: prefix, namespace, labels: ownLabels },
    automountServiceAccountToken: false,
  });
  const spec = {
    backoffLimit: 2,
    // The dump of a library of a million photos is read within minutes, and its indexes are built within hours.
    activeDeadlineSeconds: 43_200,
    template: {
      metadata: { labels: podLabelsOf(prefix) },
      spec: {
        ...jobPod(prefix, cnpg, { user, group }),
        containers: [
          {
            name: 'psql',
            ...harden({ image, readOnlyRootFilesystem: true, resources }),
            command: ['/bin/sh', '-c', dumpImportScript(`/library/${dump}`)],
            env: psqlEnvironment({
              database: cnpg.name,
              secret: loginSecretOf(cnpg),
              settings: ['client_min_messages=error'],
            }),
            volumeMounts: [
              { name: 'tmp', mountPath: '/tmp' },
              { name: 'library', mountPath: '/library', readOnly: true },
            ],
          },
        ],
        volumes: [
          { name: 'tmp', emptyDir: { sizeLimit: Quantity.fromString('64Mi') } },
          { name: 'library', persistentVolumeClaim: { claimName: claim } },
        ],
      },
    },
  };
  const name = `${prefix}-${checksum(JSON.stringify(spec)).slice(0, 8)}`;
  const object = new KubeJob(scope, 'job', { metadata: { name, namespace, labels: ownLabels }, spec });
  comment(
    object,
    ['metadata', 'name'],
    'Another name with another dump. It reads nothing into a database that has people in it.',
  );
  return name;
}

const resources = {
  requests: { cpu: { text: '50m' }, memory: { text: '64Mi' } },
  limits: { cpu: undefined, memory: { text: '512Mi' } },
};
