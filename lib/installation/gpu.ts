import { forbiddenDevices, type Vendor } from '../immich/accelerators.ts';
import { list, record } from '../schema/list.ts';
import { defaulting, mapping, optional, required } from '../schema/mapping.ts';
import { choice, wholeNumber } from '../schema/scalar.ts';
import { refine, type Schema } from '../schema/schema.ts';
import { quote } from '../text/quoting.ts';
import { label, labelName, labelValue } from './texts.ts';

/** A graphics card, as a pod asks for it. */
export interface Gpu {
  /** Undefined where the name of the resource does not tell it. */
  readonly vendor: Vendor | undefined;
  readonly ask:
    | { readonly kind: 'resource'; readonly name: string }
    | { readonly kind: 'claim'; readonly deviceClass: string };
  readonly runtimeClass: string | undefined;
  /** Groups that may open the device on its node. */
  readonly groups: readonly number[];
  readonly nodeSelector: { readonly [label: string]: string };
}

/**
 * Groups `video` and `render` of the systems that people run: Debian, Ubuntu and Talos number them so. A group that no
 * device has changes nothing.
 */
const groupsOfDevices = [44, 109, 226, 992];

const presets = {
  nvidia: preset('nvidia', { kind: 'resource', name: 'nvidia.com/gpu' }, 'nvidia'),
  intel: preset('intel', { kind: 'resource', name: 'gpu.intel.com/i915' }),
  'intel-dra': preset('intel', { kind: 'claim', deviceClass: 'gpu.intel.com' }),
  amd: preset('amd', { kind: 'resource', name: 'amd.com/gpu' }),
};

function preset(vendor: Vendor, ask: Gpu['ask'], runtimeClass?: string): Gpu {
  const groups = vendor === 'nvidia' ? [] : groupsOfDevices;
  return { vendor, ask, runtimeClass, groups, nodeSelector: {} };
}

const word = refine(choice('nvidia', 'intel', 'intel-dra', 'amd'), (name) => presets[name]);

const written: Schema<Gpu> = refine(
  mapping({
    resource: required(labelName, 'What the device plugin calls the card, such as gpu.intel.com/xe.'),
    runtimeClass: optional(label, 'RuntimeClass of the pod, such as nvidia; none where the node needs none.'),
    groups: defaulting(
      list(wholeNumber(1, 2_147_483_647)),
      [],
      'Numeric groups that may open the device: what stat -c %g /dev/dri/renderD128 says on the node.',
    ),
    nodeSelector: defaulting(record(labelName, labelValue), {}, 'Labels of the nodes that have the card.'),
  }),
  ({ resource, runtimeClass, groups, nodeSelector }) => ({
    vendor: vendorOf(resource),
    ask: { kind: 'resource', name: resource },
    ...{ runtimeClass, groups, nodeSelector },
  }),
);

function vendorOf(resource: string): Vendor | undefined {
  const [domain = ''] = resource.split('/');
  if (domain === 'nvidia.com') return 'nvidia';
  if (domain === 'gpu.intel.com') return 'intel';
  return domain === 'amd.com' ? 'amd' : undefined;
}

/** A card by the word for how most people have it, or in its parts. */
export const gpu: Schema<Gpu> = {
  read: (value, at) => {
    const reason = typeof value === 'string' ? forbiddenDevices.get(value) : undefined;
    if (reason !== undefined) return at.error(`${quote(String(value))} cannot be used. ${reason} Remove it.`);
    return typeof value === 'string' ? word.read(value, at) : written.read(value, at);
  },
  json: { oneOf: [word.json, written.json] },
};
