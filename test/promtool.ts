import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { stringify } from 'yaml';
import type { Alert } from '../lib/plan/alerts/alert.ts';

/** One situation: what the exporters give, in promtool's notation, and whether the alert is firing some time later. */
export interface Situation {
  readonly alert: string;
  /** The situation in words. */
  readonly when: string;
  /** Samples of each series, one every five minutes from time 0 on: `1x12`, `0+300x100`. */
  readonly series: { readonly [series: string]: string };
  readonly after: string;
  readonly fires: boolean;
}

/** Tests for each situation, and that each alert is seen to fire, to be silent, and without any metric. */
export function testAlerts(alerts: readonly Alert[], situations: readonly Situation[]): void {
  test('each alert fires once, is silent once, and is tried without any metric', () => {
    for (const { name } of alerts) {
      const own = situations.filter(({ alert }) => alert === name);
      const kinds = [
        own.some(({ fires }) => fires),
        own.some(({ fires, series }) => !fires && Object.keys(series).length > 0),
        own.some(({ series }) => Object.keys(series).length === 0),
      ];
      expect([name, ...kinds]).toEqual([name, true, true, true]);
    }
    const names = new Set(alerts.map(({ name }) => name));
    expect(situations.filter(({ alert }) => !names.has(alert))).toEqual([]);
  });

  test.each(situations)('$alert, $when: firing is $fires', (situation) => {
    expect(promtool('test', { rules: rulesOf(alerts), tests: testOf(situation) })).toBe('');
  });
}

/** What promtool says of rules: nothing when they are right. */
export function problemsOf(rules: unknown): string {
  return promtool('check', { rules });
}

/** The alerts as a file of Prometheus itself. */
function rulesOf(alerts: readonly Alert[]) {
  const rules = alerts.map(({ name, expression, patience, severity, summary }) => ({
    alert: name,
    expr: expression,
    for: patience,
    labels: { severity },
    annotations: { summary },
  }));
  return { groups: [{ name: 'alerts', rules }] };
}

function testOf({ alert, series, after, fires }: Situation) {
  return {
    rule_files: ['rules.yaml'],
    evaluation_interval: '5m',
    tests: [
      {
        interval: '5m',
        input_series: Object.entries(series).map(([series, values]) => ({ series, values })),
        promql_expr_test: [
          {
            expr: `max(ALERTS{alertname="${alert}",alertstate="firing"})`,
            eval_time: after,
            exp_samples: fires ? [{ labels: '{}', value: 1 }] : [],
          },
        ],
      },
    ],
  };
}

/** What promtool complains of; nothing when all is well. */
function promtool(what: 'test' | 'check', { rules, tests }: { rules: unknown; tests?: unknown }): string {
  const folder = mkdtempSync(join(tmpdir(), 'promtool-'));
  try {
    writeFileSync(join(folder, 'rules.yaml'), stringify(rules));
    writeFileSync(join(folder, 'tests.yaml'), stringify(tests ?? {}));
    const file = what === 'test' ? 'tests.yaml' : 'rules.yaml';
    const { error, status, stdout, stderr } = spawnSync('promtool', [what, 'rules', file], {
      cwd: folder,
      encoding: 'utf8',
    });
    if (error !== undefined) {
      throw new Error('code' in error && error.code === 'ENOENT' ? missing : error.message);
    }
    return status === 0 ? '' : `${stdout}${stderr}`;
  } finally {
    rmSync(folder, { recursive: true });
  }
}

const missing =
  'promtool is not installed, and without it no alert can be tested. It comes with Prometheus: ' +
  '"apt-get install --no-install-recommends prometheus" on Debian and Ubuntu, "brew install prometheus" on macOS.';
