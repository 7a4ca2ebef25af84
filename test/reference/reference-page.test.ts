import { allKeys } from '../../lib/reference/key.ts';
import { referencePage } from '../../lib/reference/reference-page.ts';

const sections = new Map(
  referencePage()
    .split('\n## ')
    .slice(1)
    .map((text) => [text.slice(0, text.indexOf('\n')), text]),
);

/** Whether a key has a row in its section, or one above it says where its keys are told. */
function isTold(path: string): boolean {
  const [section = '', ...rest] = path.split('.');
  const page = sections.get(section) ?? sections.get('The installation') ?? '';
  if (rest.length === 0) return sections.has(section) || page.includes(`| \`${section}\` |`);
  return rest.some((_, index) => {
    const key = rest.slice(0, index + 1).join('.');
    const row = page.split('\n').find((line) => line.startsWith(`| \`${key}\` |`));
    return row !== undefined && (index === rest.length - 1 || row.includes('Its keys are those of'));
  });
}

test('every key stands in the reference', () => {
  expect(
    allKeys()
      .map(({ path }) => path)
      .filter((path) => !isTold(path)),
  ).toEqual([]);
});

test('a key that is nowhere is noticed', () => {
  expect(isTold('volumes.library.backup.volsync.schedule')).toBe(true);
  expect(isTold('volumes.library.backup.volsync.nothing')).toBe(false);
});

test('numbers are called numbers', () => {
  expect(sections.get('config')).toContain(
    '| `machineLearning.facialRecognition.maxDistance` | number, 0.1 to 2 |',
  );
});
