/** The files of a folder that a person chose or dropped: path to text. */
export interface ChosenFolder {
  readonly name: string;
  readonly texts: ReadonlyMap<string, string>;
}

/** Larger files are no manifests that a person wrote. */
const mostBytes = 4 * 2 ** 20;

/** What git and package managers keep, in which nobody has manifests of their own. */
const leftOut = /(^|\/)(\.git|node_modules)\//;

/** What a browser may be given without a look inside: pictures, archives and programs. */
const noText =
  /\.(png|jpe?g|gif|webp|svg|ico|pdf|zip|t?gz|tar|zst|xz|bz2|woff2?|ttf|mp4|mov|heic|bin|exe|so|wasm)$/i;

/** The folder that was chosen in the dialog of the browser. */
export function folderOfList(list: FileList): Promise<ChosenFolder> {
  return folderOf([...list].map((file) => ({ path: file.webkitRelativePath || file.name, file })));
}

/** The folder that was dropped. */
export async function folderOfDrop(items: DataTransferItemList): Promise<ChosenFolder> {
  // Entries are gone once the event is over, so that all are taken first.
  const entries = [...items].flatMap((item) => item.webkitGetAsEntry() ?? []);
  const files = await Promise.all(entries.map((entry) => filesBelow(entry, '')));
  return folderOf(files.flat());
}

interface PlacedFile {
  readonly path: string;
  readonly file: File;
}

async function folderOf(files: readonly PlacedFile[]): Promise<ChosenFolder> {
  const wanted = files.filter(
    ({ path, file }) => !leftOut.test(path) && !noText.test(path) && file.size <= mostBytes,
  );
  const [first] = files;
  const name = first?.path.split('/')[0] ?? '';
  const isBelow = files.every(({ path }) => path.startsWith(`${name}/`));
  const texts = new Map<string, string>();
  for (const { path, file } of wanted) {
    texts.set(isBelow ? path.slice(name.length + 1) : path, await file.text());
  }
  return { name: name === '' ? 'nothing' : name, texts };
}

async function filesBelow(entry: FileSystemEntry, folder: string): Promise<PlacedFile[]> {
  const path = folder === '' ? entry.name : `${folder}/${entry.name}`;
  if (leftOut.test(`${path}/`)) return [];
  if (entry instanceof FileSystemFileEntry) {
    const file = await new Promise<File>((done, failed) => entry.file(done, failed));
    return [{ path, file }];
  }
  if (!(entry instanceof FileSystemDirectoryEntry)) return [];
  const entries = await entriesIn(entry);
  return (await Promise.all(entries.map((one) => filesBelow(one, path)))).flat();
}

/** A reader gives a hundred at a time, and none at the end. */
async function entriesIn(folder: FileSystemDirectoryEntry): Promise<FileSystemEntry[]> {
  const reader = folder.createReader();
  const all: FileSystemEntry[] = [];
  while (true) {
    const some = await new Promise<FileSystemEntry[]>((done, failed) => reader.readEntries(done, failed));
    if (some.length === 0) return all;
    all.push(...some);
  }
}
