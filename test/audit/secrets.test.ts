import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { nodeFiles } from '../../cli/node-files.ts';
import { audit } from '../../lib/audit/audit.ts';
import { githubReport } from '../../lib/audit/report/github.ts';
import { jsonReport } from '../../lib/audit/report/json.ts';
import { sarifReport } from '../../lib/audit/report/sarif.ts';
import { textReport } from '../../lib/audit/report/text.ts';
import type { Rule } from '../../lib/audit/rule.ts';
import { allRules } from '../../lib/audit/rules.ts';
import { readRepository } from '../../lib/repository/repository.ts';
import { plain } from '../../lib/text/style.ts';

const base = (env: string, rest = '') => `apiVersion: apps/v1
kind: Deployment
metadata: { name: immich-server, namespace: immich }
spec:
  template:
    spec:
      containers:
        - name: server
          image: ghcr.io/immich-app/immich-server:v3.3.1
          env:
${env}
${rest}`;

/** A rule that repeats every value that it sees, as no rule should. */
const talkative: Rule = {
  id: 'talkative',
  severity: 'error',
  meaning: 'Everything.',
  why: 'Everything is told.',
  url: 'https://example.com',
  whose: 'ours',
  examples: { good: '', broken: {} },
  check(inventory, report) {
    const tell = (field: (typeof inventory.fields)[number]): void => {
      const text = field.text;
      if (text !== undefined) report(field, { message: `"${text}" stands here.`, fix: `Remove ${text}.` });
      for (const [, inside] of field.entries) tell(inside);
      for (const inside of field.items) tell(inside);
    };
    for (const field of inventory.fields) tell(field);
  },
};

function reports(text: string, rules: readonly Rule[]): string[] {
  const folder = mkdtempSync(join(tmpdir(), 'audit-secrets-'));
  try {
    writeFileSync(join(folder, 'all.yaml'), text);
    const { inventory } = readRepository(nodeFiles(folder));
    const findings = audit(inventory, rules);
    expect(findings).not.toEqual([]);
    const lines = text.split('\n');
    const summary = { files: 1, objects: 1, leftOut: 0, workloads: 1, milliseconds: 1 };
    return [
      textReport(findings, summary, { style: plain, lineOf: (_file, line) => lines[line - 1] }),
      jsonReport(findings),
      sarifReport(findings, allRules),
      githubReport(findings),
    ];
  } finally {
    rmSync(folder, { recursive: true });
  }
}

const secrets: readonly (readonly [string, string, string])[] = [
  [
    'a key of Immich',
    base('            - { name: IMMICH_PRIVATE_KEY, value: hunter2secret }'),
    'hunter2secret',
  ],
  [
    'a key of Immich over two lines',
    base('            - name: IMMICH_PRIVATE_KEY\n              value: hunter2secret'),
    'hunter2secret',
  ],
  [
    'a connection string',
    base('            - { name: DB_URL, value: "postgres://immich:hunter2secret@db/immich" }'),
    'hunter2secret',
  ],
  [
    'a token',
    base('            - { name: MY_SETTING, value: ghp_16C7e42F292c6912E7710c838347Ae178B4a }'),
    'ghp_16C7',
  ],
  [
    'options of Redis',
    base('            - { name: REDIS_URL, value: "ioredis://eyJwYXNzd29yZCI6ImEifQ==" }'),
    'eyJwYXNz',
  ],
  [
    'data of a Secret',
    base(
      '            - { name: DB_PASSWORD, valueFrom: { secretKeyRef: { name: db, key: x } } }',
      '---\napiVersion: v1\nkind: Secret\nmetadata: { name: db, namespace: immich }\nstringData: { other: hunter2secret }\n',
    ),
    'hunter2secret',
  ],
];

describe.each(secrets)('%s', (_what, text, secret) => {
  test('is in no report, even of a rule that repeats what it sees', () => {
    for (const report of reports(text, [talkative])) expect(report).not.toContain(secret);
  });

  test('is in no report of our rules', () => {
    for (const report of reports(
      `${text}\n---\n${base('            - { name: IMMICH_NONE, value: x }')}`,
      allRules,
    )) {
      expect(report).not.toContain(secret);
    }
  });
});

test('what is no secret is told', () => {
  const text = base('            - { name: DB_HOSTNAME, value: postgres.example.com }', '');
  for (const report of reports(text, [talkative])) {
    expect(report).toContain('postgres.example.com');
    expect(report).toContain('ghcr.io/immich-app/immich-server:v3.3.1');
  }
});
