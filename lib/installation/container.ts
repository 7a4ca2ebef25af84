import { record } from '../schema/list.ts';
import { defaulting, optional } from '../schema/mapping.ts';
import { anyText, flag, textLike, wholeNumber } from '../schema/scalar.ts';
import { quote } from '../values/parsed.ts';
import { volumesKey } from './extra-volumes.ts';
import { placementKeys } from './placement.ts';
import { resources, type StandardResources } from './resources.ts';
import { secretReference } from './secret-reference.ts';
import { image } from './texts.ts';

const variableName = textLike(
  /^[A-Za-z_][A-Za-z0-9_]*$/,
  (name) =>
    `${quote(name)} is not the name of an environment variable. Write letters, digits and underscores.`,
);

/** The keys by which a component gets further environment variables. */
export const environmentKeys = {
  environment: defaulting(
    record(variableName, anyText),
    {},
    'Further environment variables, as texts. Secrets do not belong here, but in environmentFrom.',
  ),
  environmentFrom: defaulting(
    record(variableName, secretReference),
    {},
    'Further environment variables out of Secrets: { NAME: { secret, key } }.',
  ),
};

/** The keys that every container of ours has, with the standard values of one component. */
export function containerKeys(standard: { readonly image: string; readonly resources: StandardResources }) {
  return {
    image: optional(image, `Full image reference, best with its digest; default ${standard.image}.`),
    resources: defaulting(resources(standard.resources), {}, 'CPU and memory that are reserved and allowed.'),
    user: defaulting(
      wholeNumber(1, 2_147_483_647),
      1000,
      'Numeric user that the container runs as; never root.',
    ),
    group: defaulting(wholeNumber(1, 2_147_483_647), 1000, 'Numeric group of the container and its volumes.'),
    readOnlyRootFilesystem: defaulting(
      flag,
      true,
      'Whether the root file system is read-only; /tmp stays writable.',
    ),
    ...environmentKeys,
    ...placementKeys,
    volumes: volumesKey,
  };
}
