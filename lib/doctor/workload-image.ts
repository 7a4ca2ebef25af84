import type { Field } from '../manifests/field.ts';
import { parseImage } from '../values/image.ts';

/** An image that a living workload runs. */
export interface WorkloadImage {
  /** The last part of its repository, which stays the same wherever it is mirrored. */
  readonly name: string;
  /** What its tag says; undefined where that is no version. */
  readonly version: ProgramVersion | undefined;
}

export interface ProgramVersion {
  readonly text: string;
  readonly major: number;
  readonly minor: number;
}

/** The images of the containers of a Deployment or DaemonSet. */
export function imagesOf(workload: Field): WorkloadImage[] {
  return workload.at('spec', 'template', 'spec', 'containers').items.flatMap((container) => {
    const image = parseImage(container.at('image').text ?? '');
    if (!image.ok) return [];
    const { repository, tag = '' } = image.value;
    return [{ name: repository.split('/').at(-1) ?? '', version: versionIn(tag) }];
  });
}

function versionIn(tag: string): ProgramVersion | undefined {
  const [, text, major, minor] = /^v?((\d+)\.(\d+)[.\d]*)/.exec(tag) ?? [];
  return text === undefined ? undefined : { text, major: Number(major), minor: Number(minor) };
}

/** Below 0 when a program is older than the version with these numbers, above 0 when it is newer. */
export function compareWith(version: ProgramVersion, [major, minor]: readonly [number, number]): number {
  return version.major - major || version.minor - minor;
}
