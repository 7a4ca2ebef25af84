import { readdirSync, readFileSync } from 'node:fs';
import { repositoryFindings } from '../../lib/audit/repository-findings.ts';
import { filesOf } from '../../lib/files/texts.ts';
import { readRepository } from '../../lib/repository/repository.ts';
import { synthesize } from '../../lib/synthesis/synthesis.ts';
import { shippedTexts } from '../installation/example.ts';

const described = readdirSync('test/field', { withFileTypes: true })
  .filter((one) => one.isDirectory())
  .map(({ name }): [string, string] => [name, readFileSync(`test/field/${name}/installation.yaml`, 'utf8')]);

/** What the installations name, and others own. */
const ofOthers = `apiVersion: traefik.io/v1alpha1
kind: Middleware
metadata: { name: authentik, namespace: immich }
spec: { forwardAuth: { address: http://authentik.authentik.svc } }
`;

/** A folder of which the audit does not know that it is ours, and all there is. */
test.each([...Object.entries(shippedTexts), ...described])(
  'whoever audits the dist of %s hears nothing of it',
  (name, text) => {
    const { files } = synthesize(new Map([[`installations/${name}.yaml`, text]]));
    const texts = new Map([...(files ?? [])].map(([path, content]) => [`dist/${path}`, content]));
    expect(texts.size).toBeGreaterThan(10);
    texts.set('apps/authentik.yaml', ofOthers);
    const repository = readRepository(filesOf(name, texts));
    const told = repositoryFindings(repository, true).filter(({ severity }) => severity !== 'info');
    expect(told.map(({ rule, file, message }) => `${rule} ${file}: ${message}`)).toEqual([]);
  },
);
