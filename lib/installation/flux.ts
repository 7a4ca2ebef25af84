import { list, notEmpty, record } from '../schema/list.ts';
import { defaulting, mapping, optional, required } from '../schema/mapping.ts';
import { anyText, butNot, choice, textLike } from '../schema/scalar.ts';
import { type Read, refine } from '../schema/schema.ts';
import { quote } from '../values/parsed.ts';
import { label, labelName, labelValue, objectName } from './texts.ts';

/** How Flux finds and applies dist. */

/** The kinds of sources that Flux's Kustomizations read. */
export const fluxSourceKinds = ['GitRepository', 'OCIRepository', 'Bucket'] as const;

/** A folder inside a source, without the leading `./`. */
export const folder = refine(
  textLike(
    /^(?!(?:.*\/)?\.\.(?:\/|$))(?:\.\/)?[A-Za-z0-9._-]+(?:\/[A-Za-z0-9._-]+)*$/,
    (folder) => `${quote(folder)} is not a folder inside the source. Write a relative path such as "./dist".`,
  ),
  (folder) => folder.replace(/^\.\//, ''),
);

const interval = textLike(
  /^(?=.)(?:[1-9][0-9]*h)?(?:[1-9][0-9]*m)?(?:[1-9][0-9]*s)?$/,
  (interval) => `${quote(interval)} is not an interval. Write hours, minutes or seconds, such as "60m".`,
);

const variableName = textLike(
  /^[A-Za-z](?:\w{0,48}[A-Za-z0-9])?$/,
  (name) =>
    `${quote(name)} is not the name of a variable. Write up to 50 letters, digits and _, such as SECRET_DOMAIN.`,
);

/** Variables that Flux fills in. */
export type Substitution = Read<typeof substitution>;

const substitution = refine(
  mapping({
    from: required(
      notEmpty(
        list(
          mapping({
            kind: required(choice('ConfigMap', 'Secret'), 'What holds the values, ConfigMap or Secret.'),
            name: required(objectName, 'Its name, in the namespace of the Kustomizations.'),
          }),
        ),
      ),
      'What holds the values, such as [{ kind: Secret, name: cluster-secrets }]; of two with one key the later one counts.',
    ),
    variables: required(
      notEmpty(list(variableName)),
      'The variables that may stand in hosts, in servers and paths of NFS, in buckets, endpoints and addresses, such as [SECRET_DOMAIN].',
    ),
  }),
  (read, at) => {
    const { variables } = read;
    for (const [index, name] of variables.entries()) {
      const twin = variables.slice(0, index).find((one) => one.toLowerCase() === name.toLowerCase());
      if (twin !== undefined) {
        at.in('variables', index).error(
          `${quote(name)} differs from ${quote(twin)} in nothing but case, or not at all. Remove one.`,
        );
      }
    }
    return read;
  },
);

/** What a controller or a protection goes by: Flux would write it over what the objects say of themselves. */
const reserved =
  /^(?:[a-z0-9.-]+\.)?(?:kubernetes\.io|k8s\.io|fluxcd\.io|cnpg\.io|longhorn\.io|argoproj\.io)\//;

const commonName = butNot(
  labelName,
  reserved,
  (name) =>
    `${quote(name)} is what Kubernetes, Flux or an operator goes by, and would replace what single objects say. Write a name of your own, such as example.com/team.`,
);

export type Flux = Read<typeof flux>;

export const flux = mapping({
  namespace: defaulting(label, 'flux-system', 'Namespace of the Flux Kustomizations.'),
  source: defaulting(
    mapping({
      kind: defaulting(choice(...fluxSourceKinds), 'GitRepository', 'Kind of the source.'),
      name: defaulting(objectName, 'flux-system', 'Name of the source.'),
      namespace: optional(
        label,
        'Namespace of the source; default that of the Kustomizations, and flux-system with layout: cluster-template.',
      ),
    }),
    {},
    'The Flux source that holds dist.',
  ),
  path: defaulting(folder, './dist', 'Where dist stands inside the source.'),
  layout: defaulting(
    choice('layers', 'cluster-template'),
    'layers',
    'How dist is laid out: a folder flux beside those of the layers, which Flux is pointed at; or as an application of onedr0p/cluster-template, <name>/ks.yaml with <name>/app and the other layers beside it, and Kustomizations <name> and <name>-<layer>. Its folder goes into the resources of the kustomization.yaml above, such as ./<name>; where that has a namespace, write the same as flux.namespace.',
  ),
  substitute: optional(
    substitution,
    'Variables that Flux fills in when it applies dist: ${SECRET_DOMAIN} in a host, for one, is carried to dist as it is. Whatever else has a dollar that Flux would take is written so that it stays.',
  ),
  dependsOn: defaulting(
    list(
      mapping({
        name: required(objectName, 'Name of the Kustomization.'),
        namespace: optional(label, 'Its namespace; default that of the Kustomizations here.'),
      }),
    ),
    [],
    'Kustomizations of others that must be ready before any layer, in every Kubernetes cluster of the installation, such as [{ name: cloudnative-pg }].',
  ),
  components: defaulting(
    list(folder),
    [],
    'Folders inside the source with a kustomize Component that Flux adds to every layer. What they change is not in dist, and judged by nothing here.',
  ),
  commonMetadata: defaulting(
    mapping({
      labels: defaulting(record(commonName, labelValue), {}, 'Labels.'),
      annotations: defaulting(record(commonName, anyText), {}, 'Annotations.'),
    }),
    {},
    'Labels and annotations that Flux gives to every object of every layer; not to pods.',
  ),
  interval: defaulting(interval, '60m', 'How often Flux repairs what somebody changed by hand.'),
});
