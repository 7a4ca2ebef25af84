import { overviewOf } from '../../lib/overview/overview.ts';
import { planOf } from '../../lib/plan/plan.ts';
import { runbookOf } from '../../lib/runbook/runbook.ts';
import { installationOf } from '../components/built.ts';
import { edited, home, k3s, tachtit } from '../installation/example.ts';

const of = (text: string) => overviewOf(planOf(installationOf(text)), 'installations/it.yaml');

test('the layers stand in the order in which Flux can apply them, each with a link to its folder', () => {
  const rows = [...of(home).matchAll(/^\| \[(\w+)\]\(home\/\1\) \| (.*) \|$/gm)].map(
    ([, name = '', after = '']) => ({
      name,
      after: after.split(', ').filter((one) => one !== ''),
    }),
  );
  expect(rows.map(({ name }) => name)).toEqual(expect.arrayContaining(['namespace', 'database', 'app']));
  rows.forEach(({ after }, index) => {
    const before = rows.slice(0, index).map(({ name }) => name);
    expect(before).toEqual(expect.arrayContaining(after));
  });
});

test('each secret that must exist stands there with its keys and no value, by cluster where there are two', () => {
  expect(of(home)).toContain(
    '| immich | `immich-backup` | `ACCESS_KEY_ID`, `ACCESS_SECRET_KEY` | store of the backups |',
  );
  expect(of(tachtit)).toContain('| tachtit-data | immich | `azure-creds` | `connection-string-2` |');
});

test('jobs that start at the same time are warned of, and only those', () => {
  const late = edited(home, ['s3: {', 'schedule: "0 0 2 * * *"\n      s3: {']);
  expect(of(late)).toContain(
    "read the same disks: Immich's own dump of the database, into the library, and base backup of the database. Move",
  );
  expect(of(home)).not.toContain('half an hour');
});

describe('each chapter of the runbook has a link that leads to it', () => {
  const argocd = edited(home, [
    'host:',
    'deliver: argocd\nargocd: { repository: https://git.example.com/home.git }\nhost:',
  ]);
  test.each(Object.entries({ home, k3s, tachtit, argocd }))('%s', (_, text) => {
    const chapters = [
      ...runbookOf(planOf(installationOf(text)), 'installations/it.yaml').matchAll(/^## (.+)$/gm),
    ];
    const titles = chapters.map(([, title = '']) => title);
    const links = [...of(text).matchAll(/\[([^\]]+)\]\(RUNBOOK\.md#([^)]*)\)/g)];
    expect(new Set(links.map(([, title]) => title))).toEqual(new Set(titles));
    for (const [, title = '', anchor = ''] of links) {
      // What GitHub leaves out of titles like these, and nothing else.
      expect(anchor.split('-').join(' ')).toBe(title.toLowerCase().replace(/[?,']/g, ''));
    }
    // GitHub gives the second of two that are alike another anchor.
    expect(new Set(titles).size).toBe(titles.length);
    expect(titles.length).toBeGreaterThan(20);
  });
});

test('that Immich is stopped is told, and of one that runs nothing', () => {
  expect(of(edited(home, ['host:', 'stopped: true\nhost:']))).toContain(
    'It is stopped: no pod of Immich runs',
  );
  expect(of(home)).not.toContain('stopped');
});
