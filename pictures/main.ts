import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { picturesOf } from './pictures.ts';

/** Writes the pictures of README.md. */
mkdirSync('docs/pictures', { recursive: true });
for (const [name, text] of picturesOf(readFileSync('installations/home.yaml', 'utf8'))) {
  writeFileSync(`docs/pictures/${name}`, text);
}
