import { readdirSync, readFileSync } from 'node:fs';
import { picturesOf } from '../../pictures/pictures.ts';

const folder = 'docs/pictures';

test('the pictures of README.md are what the program makes now: npm run pictures', () => {
  const made = picturesOf(readFileSync('installations/home.yaml', 'utf8'));
  expect(readdirSync(folder).sort()).toEqual([...made.keys()].sort());
  for (const [name, text] of made) {
    expect([name, readFileSync(`${folder}/${name}`, 'utf8')]).toEqual([name, text]);
  }
});

test('they are small, show what was run, and load nothing', () => {
  const made = picturesOf(readFileSync('installations/home.yaml', 'utf8'));
  for (const text of made.values()) {
    expect(text.length).toBeLessThan(60 * 1024);
    expect(text.replace('http://www.w3.org/2000/svg', '')).not.toMatch(/href|url\(|<script|<image/);
  }
  expect(made.get('audit-light.svg')).toContain('>backup-schedule<');
  expect(made.get('review-dark.svg')).toContain('but a claim cannot shrink.');
  expect(made.get('review-dark.svg')).toContain('Immich goes from v3.2.4 to ');
  expect(made.get('in-and-out-dark.svg')).toContain('>home/database/<');
});

test('README.md shows each, light and dark', () => {
  const readme = readFileSync('README.md', 'utf8');
  for (const name of ['in-and-out', 'review', 'audit']) {
    expect(readme).toContain(`(prefers-color-scheme: dark)" srcset="docs/pictures/${name}-dark.svg"`);
    expect(readme).toMatch(new RegExp(`<img alt="[^"]{20,}" src="docs/pictures/${name}-light\\.svg">`));
  }
});
