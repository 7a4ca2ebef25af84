import { problemText } from '../../lib/installation/parse.ts';
import { findingText, synthesize } from '../../lib/synthesis/synthesis.ts';
import { show } from '../../lib/text/shown.ts';
import { edited, home, k3s, tachtit } from '../installation/example.ts';

const service = 'postgres-cluster-rw.database.svc.cluster.local';

function synthesized(text: string) {
  const { problems, findings, files } = synthesize(new Map([['x.yaml', text]]));
  return {
    told: problems.map(problemText),
    findings: findings.map(findingText),
    isWritten: files !== undefined,
  };
}

describe('what a rule says of a value of the file is told at that value', () => {
  test.each([
    [
      'a variable',
      `${home}server: { environment: { TMPDIR: /elsewhere } }\n`,
      'x.yaml:16:34: server.environment.TMPDIR: TMPDIR names /elsewhere, which cannot be written: the root file system is read-only and no volume is mounted there. Remove it, or write another value. (unwritable-path)',
    ],
    [
      'a variable of the other component, beside one that is right',
      `${home}machineLearning:\n  environment: { HTTP_PROXY: "http://proxy", XDG_CACHE_HOME: /elsewhere }\n`,
      'x.yaml:17:62: machineLearning.environment.XDG_CACHE_HOME: XDG_CACHE_HOME names /elsewhere, which cannot be written: the root file system is read-only and no volume is mounted there. Remove it, or write another value. (unwritable-path)',
    ],
  ])('%s', (_what, text, problem) => {
    const { told, findings, isWritten } = synthesized(text);
    expect(told).toContain(problem);
    expect({ findings, isWritten }).toEqual({ findings: [], isWritten: false });
  });

  test('and not when another file has it', () => {
    const text = `${home}server: { environment: { TMPDIR: /elsewhere } }\n`;
    const { problems } = synthesize(
      new Map([
        ['one.yaml', edited(tachtit, ['host: photos.example.net', 'host: other.example.net'])],
        ['two.yaml', text],
      ]),
    );
    const errors = problems.filter(({ severity }) => severity === 'error');
    expect(errors.map(({ file }) => file)).toEqual(['two.yaml']);
  });

  test('what the file is told of by its own checks is not told a second time', () => {
    const restored = edited(home, ['    backup:\n', '    restoreFrom: v0\n    lineage: v1\n    backup:\n']);
    const { told, findings } = synthesized(restored);
    expect(told.filter((line) => line.includes('restoreFrom'))).toHaveLength(1);
    expect(findings).toEqual([]);
  });

  test('a writable folder is fine', () => {
    const { findings, isWritten } = synthesized(`${home}server: { environment: { TMPDIR: /data/tmp } }\n`);
    expect({ findings, isWritten }).toEqual({ findings: [], isWritten: true });
  });
});

describe('an external database', () => {
  test("in Immich's own namespace is refused where its host stands", () => {
    expect(synthesized(edited(k3s, [service, 'postgres.app-internal.svc'])).told).toContainEqual(
      expect.stringMatching(
        /^x\.yaml:21:11: database\.external\.host: "postgres\.app-internal\.svc" is in Immich's own namespace, "app-internal"/,
      ),
    );
  });

  test.each([
    service,
    'postgres.flux-system.svc.cluster.local',
    'postgres.longhorn-system.svc',
    'postgres.monitoring.svc',
    'postgres.kube-system.svc',
    'app-internal.example.com',
  ])('at %s is fine', (host) => {
    const { told, findings, isWritten } = synthesized(edited(k3s, [service, host]));
    expect(told.filter((line) => !line.includes('warning: '))).toEqual([]);
    expect({ findings, isWritten }).toEqual({ findings: [], isWritten: true });
  });
});

test('a finding that no key explains is said to be our own', () => {
  const text = findingText({
    rule: 'missing-port',
    severity: 'error',
    file: 'home/home/app/service.x.yaml',
    path: ['spec'],
    object: { kind: 'Service' },
    message: show('It is wrong.'),
    fix: show('Mend it.'),
    url: 'https://example.com',
  });
  expect(text).toBe(
    'dist/home/home/app/service.x.yaml: spec: It is wrong. Mend it. (missing-port) This is a mistake in immich-cdk8s, not in your file. Please report it, with your file.',
  );
});
