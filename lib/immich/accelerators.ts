/** Who makes a graphics card that Immich can use. */
export type Vendor = 'nvidia' | 'intel' | 'amd';

/** What Immich does with the cards of one maker. */
export interface Accelerator {
  /** The maker, for people. */
  readonly name: string;
  /** The end of the tag of the image of machine learning, without its hyphen. */
  readonly image: string;
  /** The values of `ffmpeg.accel` that they can do; the first is the better one. */
  readonly transcoding: readonly [string, ...string[]];
}

/** https://docs.immich.app/features/ml-hardware-acceleration/ and https://docs.immich.app/features/hardware-transcoding/ */
export const accelerators: { readonly [vendor in Vendor]: Accelerator } = {
  nvidia: { name: 'NVIDIA', image: 'cuda', transcoding: ['nvenc'] },
  intel: { name: 'Intel', image: 'openvino', transcoding: ['qsv', 'vaapi'] },
  amd: { name: 'AMD', image: 'rocm', transcoding: ['vaapi'] },
};

/** What the web interface calls the values of `ffmpeg.accel`. */
export const transcodingNames: ReadonlyMap<string, string> = new Map([
  ['nvenc', 'NVENC'],
  ['qsv', 'Quick Sync'],
  ['vaapi', 'VAAPI'],
]);

/** The device that an image of machine learning is made for: `cuda` in `v3.3.1-cuda`. */
export function deviceOfTag(tag: string | undefined): string | undefined {
  return /-(cuda|openvino|rocm|armnn|rknn)$/.exec(tag ?? '')?.[1];
}

/**
 * Devices that no pod may have where Pod Security is `restricted`, and why: they need folders of the node, or a /proc and
 * an AppArmor profile without limits, which not even `baseline` allows.
 * https://kubernetes.io/docs/concepts/security/pod-security-standards/
 */
export const forbiddenDevices: ReadonlyMap<string, string> = new Map([
  ...['rockchip', 'rknn', 'rkmpp'].map((name) => [name, rockchip()] as const),
  ...['mali', 'armnn'].map((name) => [name, mali()] as const),
]);

function rockchip(): string {
  return 'The chips of Rockchip need an unmasked /proc and no AppArmor, which Pod Security refuses, so that the pod would never start here.';
}

function mali(): string {
  return 'A Mali GPU needs /dev/mali0 and a library of the node, mounted by hostPath, which Pod Security refuses, so that the pod would never start here.';
}
