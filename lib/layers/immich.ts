import { Construct } from 'constructs';
import type { Installation } from '../installation/installation.ts';
import { parseInstallation, problemText } from '../installation/parse.ts';
import { planOf } from '../plan/plan.ts';
import type { RequiredSecret } from '../plan/secrets.ts';
import { quote } from '../text/quoting.ts';
import { layersOf } from './layers.ts';
import { takeOutObjectsOfOthers } from './objects-of-others.ts';

/** What an Immich is made of. */
export interface ImmichProps {
  /** The text of an installation file, or the installation that it was parsed to. */
  readonly installation: string | Installation;
  /**
   * Name of the Kubernetes cluster whose objects are made.
   * @default the only one; required where Immich and its database run in two
   */
  readonly cluster?: string;
}

/**
 * All objects of one Kubernetes cluster of an installation, without those of Flux.
 *
 * @example
 * const installation = readFileSync('installations/home.yaml', 'utf8');
 * const immich = new Immich(chart, 'immich', { installation });
 */
export class Immich extends Construct {
  /** The installation, with every default filled in. */
  readonly installation: Installation;
  /** Name of the Kubernetes cluster. */
  readonly cluster: string;
  /** What a browser and a phone are given. */
  readonly url: string;
  /** The Secrets that must exist in this cluster, because nothing here makes them. */
  readonly secrets: readonly RequiredSecret[];
  /**
   * What is likely wrong in the text of the installation file, a sentence each, with its line and key. cdk8s prints no
   * warnings of constructs; an app may print these. Empty for an installation that was parsed before, by
   * `parseInstallation`, which has told them.
   */
  readonly warnings: readonly string[];

  /** @throws Error when the installation file has a mistake, or the cluster is not one of its own. */
  constructor(scope: Construct, id: string, props: ImmichProps) {
    super(scope, id);
    const { installation, warnings } =
      typeof props.installation === 'string'
        ? parsedText(id, props.installation)
        : { installation: props.installation, warnings: [] };
    this.installation = installation;
    this.warnings = warnings;
    if (this.installation.flux.substitute !== undefined) {
      throw new Error(
        `Immich ${quote(id)}: flux.substitute: Variables of Flux are carried to dist by synth alone. Write their values, and remove it.`,
      );
    }
    if (this.installation.patches.length > 0) {
      throw new Error(
        `Immich ${quote(id)}: patches: They are applied by synth alone. Remove them, and use ApiObject.addJsonPatch.`,
      );
    }
    const plan = planOf(this.installation);
    this.cluster = clusterOf(id, this.installation, props.cluster);
    this.url = `https://${this.installation.host}`;
    this.secrets = plan.secrets.filter(({ cluster }) => cluster === this.cluster);
    for (const { plan: layer, build } of layersOf(plan, this.cluster)) {
      build?.(new Construct(this, layer.name));
    }
    takeOutObjectsOfOthers(this, this.installation);
  }
}

function parsedText(id: string, text: string): Pick<Immich, 'installation' | 'warnings'> {
  const { installation, problems } = parseInstallation(`Immich ${quote(id)}`, text);
  const errors = problems.filter(({ severity }) => severity === 'error');
  if (installation === undefined || errors.length > 0) throw new Error(errors.map(problemText).join('\n'));
  return { installation, warnings: problems.map(problemText) };
}

function clusterOf(id: string, { clusters }: Installation, wanted: string | undefined): string {
  const known = [...new Set([clusters.app, clusters.database])];
  const [only, second] = known;
  if (wanted === undefined && only !== undefined && second === undefined) return only;
  if (wanted !== undefined && known.includes(wanted)) return wanted;
  const names = known.map((name) => quote(name)).join(' or ');
  throw new Error(
    wanted === undefined
      ? `Immich ${quote(id)}: cluster: The installation has two clusters. Write cluster: ${names}.`
      : `Immich ${quote(id)}: cluster: ${quote(wanted)} is no cluster of the installation. Write ${names}.`,
  );
}
