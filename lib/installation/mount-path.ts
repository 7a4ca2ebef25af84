import { text } from '../schema/scalar.ts';
import { type Parsed, quote, refuse, understand } from '../values/parsed.ts';

/** Folders that belong to the image, to the kubelet or to what is mounted already. */
const taken = [
  '/bin',
  '/boot',
  '/build',
  '/cache',
  '/data',
  '/dev',
  '/etc/immich',
  '/etc/immich-database',
  '/etc/valkey',
  '/lib',
  '/opt',
  '/proc',
  '/root',
  '/run',
  '/sbin',
  '/sys',
  '/tmp',
  '/usr',
  '/var/run',
];

/** Where something may be mounted beside what a component needs, in the container. */
export const mountPath = text(parseMountPath, {
  pattern: `^(?!(?:${taken.join('|')})(?:/|$)|(?:${taken.map(parentOf).join('|')})$)(?:/(?!\\.{1,2}(?:/|$))[^/:,\\u0000]+)+$`,
  examples: ['/mnt/photos'],
});

function parentOf(folder: string): string {
  return folder.slice(0, folder.lastIndexOf('/')) || '/';
}

function parseMountPath(path: string): Parsed<string> {
  if (!path.startsWith('/') || path === '/' || /\/\/|\/\.{1,2}(\/|$)|\/$|[\0:,]/.test(path)) {
    return refuse(
      `${quote(path)} is not the path of a folder. Write an absolute one without . and .., such as "/mnt/photos".`,
    );
  }
  const other = taken.find((one) => isWithin(path, one) || isWithin(one, path));
  return other === undefined
    ? understand(path)
    : refuse(`${quote(path)} would hide or stand in ${other}, which is in use. Write such as "/mnt/photos".`);
}

/** Whether a path is a folder, or is inside of it. */
export function isWithin(path: string, folder: string): boolean {
  return path === folder || path.startsWith(`${folder}/`);
}
