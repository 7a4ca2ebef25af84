import { parse, stringify } from 'yaml';
import { referencePage } from '../../lib/reference/reference-page.ts';
import { sectionExamples } from '../../lib/reference/section-examples.ts';
import { errorsIn, home } from '../installation/example.ts';

const all = [...sectionExamples].flatMap(([section, examples]) =>
  examples.map(({ what, yaml }) => ({ section, what, yaml })),
);

test.each(all)('$section: $what can be written', ({ section, yaml }) => {
  const keys = parse(yaml);
  expect(keys).toHaveProperty([section]);
  expect(errorsIn(stringify({ ...parse(home), ...keys }))).toEqual([]);
});

test.each(all)('$section: $what stands below its keys', ({ section, yaml }) => {
  const [, from = ''] = referencePage().split(`\n## ${section}\n`);
  expect(from.split('\n## ')[0]).toContain(yaml);
});
