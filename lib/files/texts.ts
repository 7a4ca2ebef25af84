import type { Entry, Files } from './files.ts';

/** Texts by their paths as the files of a folder, for where there is no disk. Such a folder has no links. */
export function filesOf(name: string, texts: ReadonlyMap<string, string>): Files {
  const folders = new Map<string, Map<string, Entry>>([['', new Map()]]);
  for (const path of texts.keys()) {
    const names = path.split('/');
    names.forEach((name, index) => {
      const folder = names.slice(0, index).join('/');
      const entries = folders.get(folder) ?? new Map<string, Entry>();
      folders.set(folder, entries.set(name, { name, kind: index === names.length - 1 ? 'file' : 'folder' }));
    });
  }
  return {
    name,
    look: (path) => {
      const text = texts.get(path);
      if (text !== undefined) return { kind: 'file', size: new TextEncoder().encode(text).length };
      return folders.has(path) ? { kind: 'folder', size: 0 } : undefined;
    },
    list: (folder) => {
      const entries = folders.get(folder.replace(/\/$/, ''));
      if (entries === undefined) throw new Error(`There is no folder ${name}/${folder}`);
      return [...entries.values()];
    },
    read: (path) => {
      const text = texts.get(path);
      if (text === undefined) throw new Error(`There is no file ${name}/${path}`);
      return text;
    },
    staysInside: () => true,
  };
}
