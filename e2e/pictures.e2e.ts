import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseInstallation } from '../lib/installation/parse.ts';
import { pictureOf } from '../lib/overview/installation-picture.ts';
import { mermaidOf } from '../lib/overview/mermaid.ts';
import { mostNodes } from '../lib/overview/reduction.ts';
import { planOf } from '../lib/plan/plan.ts';
import { edited, home, homeWithoutBackup, k3s, tachtit } from '../test/installation/example.ts';
import { toolPath } from './control-plane/tools.ts';

/** Installations of every shape that a picture has. */
const installations: { readonly [what: string]: string } = {
  home,
  'k3s, whose database others run': k3s,
  'tachtit, in two clusters': tachtit,
  'a library in a restic repository': edited(home, [homeWithoutBackup, 'backup: { volsync: {} }']),
  'background jobs of their own': edited(tachtit, [
    'server:\n',
    'server:\n  microservices: { separate: true }\n',
  ]),
  'a login, a mail server and a database without a backup': edited(
    home,
    [
      'volumes:',
      'config: { oauth: { enabled: true, issuerUrl: "https://auth.example.org/", clientId: immich }, notifications: { smtp: { enabled: true, transport: { host: mail.example.org, port: 587 } } } }\nvolumes:',
    ],
    [
      's3: { bucket: immich-backups, endpoint: https://s3.example.com, credentials: immich-backup }',
      'schedule: "0 0 5 * * *"\n      s3: { bucket: immich-backups, credentials: immich-backup }',
    ],
  ),
  ...described('argo-cd', 'cluster-template', 'shared-cluster', 'external-libraries', 'nvidia'),
  'two Gateways and two hosts': edited(
    home,
    ['host:', 'hosts: [{ host: share.example.org }]\nhost:'],
    [
      'route:\n  certificate: { clusterIssuer: letsencrypt-prod }',
      'route: { gateway: { class: envoy, parents: [{ name: internal, namespace: network }, { name: external, namespace: edge }] } }',
    ],
  ),
  'a pool on a graphics card and one without': edited(tachtit, [
    'server:\n',
    'machineLearning: { pools: [{ name: gpu, gpu: nvidia }, { name: cpu }] }\nserver:\n',
  ]),
  'machine learning elsewhere': edited(
    home,
    ['host:', 'machineLearning: { remote: ["https://gpu.example.org"] }\nhost:'],
    ['  models:  { storageClass: longhorn, size: 20Gi }\n', ''],
  ),
  'asleep, and filled by a dump': edited(
    home,
    ['host:', 'stopped: true\nhost:'],
    [
      '  cnpg:\n',
      '  cnpg:\n    importFrom: { dump: backups/immich-db-backup-20261120T020000-v3.3.1-pg17.5.sql.gz }\n',
    ],
  ),
  'more places than fit': edited(home, [
    'volumes:',
    `network: { egress: [${Array.from({ length: 12 }, (_, index) => `{ from: server, to: { cidr: 192.0.2.${index}/32 }, ports: [443], why: test }`).join(', ')}] }\nvolumes:`,
  ]),
};

/** Installations as people have them. */
function described(...names: readonly string[]): { readonly [what: string]: string } {
  return Object.fromEntries(
    names.map((name) => [name, readFileSync(`test/field/${name}/installation.yaml`, 'utf8')]),
  );
}

/** What a browser made of the text of a picture. */
interface Drawing {
  readonly error: string | undefined;
  /** The texts of the boxes. */
  readonly nodes: readonly string[];
  readonly frames: number;
  readonly arrows: number;
  /** Pairs of boxes that cover each other. */
  readonly overlaps: number;
}

/** Draws texts of Mermaid in a real browser, without a network. */
function draw(texts: readonly string[]): Drawing[] {
  const folder = mkdtempSync(join(tmpdir(), 'immich-cdk8s-pictures-'));
  const page = join(folder, 'page.html');
  const mermaid = readFileSync(toolPath('mermaid', 'mermaid.min.js'), 'utf8').replaceAll(
    '</script',
    '<\\/script',
  );
  writeFileSync(page, pageOf(mermaid, texts));
  const dom = execFileSync(
    'chromium',
    [
      ...[
        '--headless',
        '--no-sandbox',
        '--disable-gpu',
        '--window-size=1400,900',
        '--virtual-time-budget=60000',
      ],
      ...[`--user-data-dir=${join(folder, 'profile')}`, '--dump-dom', `file://${page}`],
    ],
    { encoding: 'utf8', maxBuffer: 2 ** 28, stdio: ['ignore', 'pipe', 'ignore'] },
  );
  const [, answer = ''] = /<pre id="answer">([A-Za-z0-9+/=]+)<\/pre>/.exec(dom) ?? [];
  return JSON.parse(Buffer.from(answer, 'base64').toString('utf8'));
}

function pageOf(mermaid: string, texts: readonly string[]): string {
  const json = JSON.stringify(texts).replaceAll('<', '\\u003c');
  return `<!doctype html><meta charset="utf-8"><body><script>${mermaid}</script><script>
mermaid.initialize({ startOnLoad: false });
async function drawn(text, index) {
  try {
    await mermaid.parse(text);
    const place = document.body.appendChild(document.createElement('div'));
    place.innerHTML = (await mermaid.render('picture' + index, text)).svg;
    const boxes = [...place.querySelectorAll('g.node')];
    const rects = boxes.map((box) => box.getBoundingClientRect());
    let overlaps = 0;
    rects.forEach((one, i) => rects.slice(i + 1).forEach((other) => {
      if (one.left < other.right && other.left < one.right && one.top < other.bottom && other.top < one.bottom) overlaps += 1;
    }));
    return { nodes: boxes.map((box) => box.textContent.trim()), frames: place.querySelectorAll('g.cluster').length,
      arrows: place.querySelectorAll('path.flowchart-link').length, overlaps };
  } catch (error) {
    return { error: String(error.message), nodes: [], frames: 0, arrows: 0, overlaps: 0 };
  }
}
(async () => {
  const answers = [];
  for (const [index, text] of ${json}.entries()) answers.push(await drawn(text, index));
  const bytes = new TextEncoder().encode(JSON.stringify(answers));
  document.body.innerHTML = '<pre id="answer">' + btoa(String.fromCharCode(...bytes)) + '</pre>';
})();
</script></body>`;
}

describe('the pictures of installations, in a browser', () => {
  const pictures = Object.entries(installations).map(([what, text]) => {
    const { installation, problems } = parseInstallation('installations/it.yaml', text);
    if (installation === undefined) {
      throw new Error(`${what}: ${problems.map(({ message }) => message).join(' ')}`);
    }
    return { what, picture: pictureOf(planOf(installation)) };
  });
  let drawings: Drawing[];

  beforeAll(() => {
    drawings = draw([...pictures.map(({ picture }) => mermaidOf(picture)), 'flowchart LR\n  a["b"]"]']);
  });

  test.each(pictures.map(({ what, picture }, index) => ({ what, picture, index })))(
    '$what',
    ({ picture, index }) => {
      const drawing = drawings[index];
      expect(drawing?.error).toBeUndefined();
      expect(drawing?.nodes).toHaveLength(picture.nodes.length);
      expect(picture.nodes.length).toBeLessThanOrEqual(mostNodes);
      for (const { name, details } of picture.nodes) {
        expect(drawing?.nodes).toContain([name, ...details].join(''));
      }
      expect(drawing).toMatchObject({
        frames: picture.frames.length,
        arrows: picture.arrows.length,
        overlaps: 0,
      });
    },
  );

  test('control: a sign that is not escaped is no picture', () => {
    expect(drawings.at(-1)?.error).toMatch(/Parse error/);
  });
});
