import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** Writes `count` installation files into a folder: the smallest sensible one, with names, hosts and backups of their own. */
export function writeInstallations(folder: string, home: string, count: number): void {
  mkdirSync(folder, { recursive: true });
  const text = readFileSync(home, 'utf8');
  for (let number = 1; number <= count; number += 1) {
    const name = `home-${number}`;
    writeFileSync(
      join(folder, `${name}.yaml`),
      text
        .replace(/^name: .*$/m, `name: ${name}\nnamespace: immich-${number}`)
        .replace(/^host: .*$/m, `host: photos-${number}.example.com`)
        .replace(/bucket: [^,]*/, `bucket: backups-${number}`),
    );
  }
}
