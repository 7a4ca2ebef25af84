import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import { tmpdir } from 'node:os';
import { extname, join } from 'node:path';
import { type Browser, launch, type Page } from 'puppeteer-core';

const types: { readonly [extension: string]: string } = {
  '.html': 'text/html; charset=utf-8',
  '.css': 'text/css',
  '.js': 'text/javascript',
};

const schedule = `apiVersion: postgresql.cnpg.io/v1
kind: ScheduledBackup
metadata: { name: immich-db, namespace: photos }
spec:
  schedule: "0 3 * * *"
  cluster: { name: immich-db }
`;

/** The page as a person uses it, in a real browser. */
describe('the page', () => {
  const folder = mkdtempSync(join(tmpdir(), 'immich-cdk8s-site-'));
  let server: Server;
  let origin: string;
  let browser: Browser;
  let page: Page;
  let requests: string[];

  beforeAll(async () => {
    execFileSync(process.execPath, ['build.mjs', 'site'], { stdio: 'inherit' });
    server = createServer(({ url = '/' }, response) => {
      const name = url === '/' ? 'index.html' : url.slice(1);
      try {
        const body = readFileSync(join('site/build', name));
        response.writeHead(200, { 'content-type': types[extname(name)] ?? 'text/plain' }).end(body);
      } catch {
        response.writeHead(404).end();
      }
    });
    await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
    const address = server.address();
    if (address === null || typeof address === 'string') throw new Error('The server has no port.');
    origin = `http://127.0.0.1:${address.port}`;
    const executablePath = execFileSync('sh', ['-c', 'command -v chromium'], { encoding: 'utf8' }).trim();
    browser = await launch({
      executablePath,
      args: ['--no-sandbox', '--disable-gpu'],
      timeout: 120_000,
      userDataDir: join(folder, 'profile'),
    });
  });

  afterAll(async () => {
    await browser?.close();
    server?.close();
    rmSync(folder, { recursive: true, force: true });
  });

  beforeEach(async () => {
    page = await browser.newPage();
    requests = [];
    page.on('request', (request) => requests.push(request.url()));
    await page.goto(origin);
  });

  afterEach(() => page.close());

  /** The text of an element, once it holds a pattern. */
  async function textOf(id: string, pattern: RegExp): Promise<string> {
    const found = await page.waitForFunction(
      (id, source) => {
        const text = document.getElementById(id)?.textContent ?? '';
        return new RegExp(source).test(text) ? text : undefined;
      },
      { timeout: 120_000 },
      id,
      pattern.source,
    );
    return String(await found.jsonValue());
  }

  async function choose(name: string): Promise<void> {
    const input = await page.$('input#folder');
    if (input === null) throw new Error('There is no chooser.');
    await input.uploadFile(join(folder, name));
  }

  function write(name: string, files: { readonly [path: string]: string }): void {
    for (const [path, text] of Object.entries(files)) {
      mkdirSync(join(folder, name, path, '..'), { recursive: true });
      writeFileSync(join(folder, name, path), text);
    }
  }

  test('a folder is audited, and nothing leaves the browser', async () => {
    write('home-ops', { 'apps/photos/backup.yaml': schedule, '.git/config.yaml': schedule });
    await choose('home-ops');
    expect(await textOf('audit-state', /in 1 file, 1 object/)).toMatch(/^1 error/);
    expect(await textOf('findings', /backup-schedule/)).toContain('apps/photos/backup.yaml:5');
    expect(requests.every((url) => url.startsWith(`${origin}/`))).toBe(true);
    const sent = await page.evaluate(() =>
      fetch('/').then(
        () => 'sent',
        () => 'refused',
      ),
    );
    expect(sent).toBe('refused');
  });

  test('a folder without Immich says so, and one without text too', async () => {
    write('other', { 'config.yaml': 'apiVersion: v1\nkind: ConfigMap\nmetadata: { name: other }\n' });
    await choose('other');
    await textOf('audit-state', /^No findings in 1 file, 1 object\. No Immich is in there/);
    write('pictures', { 'photo.jpg': 'no text' });
    await choose('pictures');
    await textOf('audit-state', /^No text files are in there/);
  });

  test('five thousand files', async () => {
    const files = Array.from({ length: 5000 }, (_, index): [string, string] => [
      `apps/app-${index % 100}/config-${index}.yaml`,
      `apiVersion: v1\nkind: ConfigMap\nmetadata: { name: config-${index} }\n`,
    ]);
    write('large', { ...Object.fromEntries(files), 'apps/photos/backup.yaml': schedule });
    await choose('large');
    await textOf('audit-state', /^1 error.* in 5001 files, 5001 objects/);
  });

  test('an installation file is judged while it is typed, by keyboard alone', async () => {
    await page.focus('#audit-tab');
    await page.keyboard.press('ArrowRight');
    expect(await page.$eval('#write', (panel) => panel.hasAttribute('hidden'))).toBe(false);
    await textOf('write-state', /^synth writes \d+ files/);
    expect(await textOf('text', /flowchart LR/)).toContain('# home');
    await page.waitForSelector('#picture svg g.node');
    expect(await textOf('runbook', /Restore the library/)).toContain('Something does not work');
    await page.focus('.cm-content');
    await page.keyboard.down('Control');
    await page.keyboard.press('Home');
    await page.keyboard.up('Control');
    await page.keyboard.type('vershun: v3\n');
    await textOf('write-state', /^Line 1: .*"version"/);
    await page.waitForSelector('.cm-lintRange-error');
  });

  /** Writes into an empty editor. */
  async function typeAll(text: string): Promise<void> {
    await page.click('#write-tab');
    await textOf('write-state', /^synth writes \d+ files/);
    await page.focus('.cm-content');
    await page.keyboard.down('Control');
    await page.keyboard.press('a');
    await page.keyboard.up('Control');
    await page.keyboard.press('Delete');
    await page.keyboard.type(text, { delay: 20 });
  }

  const written = () => page.$eval('.cm-content', (content) => content.textContent);

  /** What is offered, once one of it is there. */
  async function offered(label: string): Promise<string[]> {
    await page.waitForFunction(
      (wanted) =>
        [...document.querySelectorAll('.cm-completionLabel')].some((one) => one.textContent === wanted),
      { timeout: 60_000 },
      label,
    );
    return page.$$eval('.cm-completionLabel', (all) => all.map((one) => one.textContent ?? ''));
  }

  test('keys are offered while they are written, with what they mean, and taken by keyboard', async () => {
    await typeAll('name: home\nvolu');
    expect(await offered('volumes')).not.toContain('storageClass');
    await page.waitForSelector('.cm-completionInfo');
    // Right after the list has opened, Enter is still a new line.
    await new Promise((done) => setTimeout(done, 200));
    await page.keyboard.press('Enter');
    await page.waitForFunction(() =>
      document.querySelector('.cm-content')?.textContent?.includes('volumes: '),
    );
    await page.keyboard.type('{ library: { storageC', { delay: 20 });
    expect(await offered('storageClass')).not.toContain('volumes');
    await page.keyboard.press('Escape');
    expect(await written()).toContain('storageC');
  });

  test('values are offered once their key is taken, and nothing in a comment', async () => {
    await typeAll('name: home\ndeliv');
    await offered('deliver');
    await new Promise((done) => setTimeout(done, 200));
    await page.keyboard.press('Enter');
    expect(await offered('argocd')).toEqual(expect.arrayContaining(['flux', 'argocd']));
    await page.keyboard.press('Escape');
    await page.keyboard.type('flux\n# volum', { delay: 20 });
    await new Promise((done) => setTimeout(done, 500));
    expect(await page.$('.cm-completionLabel')).toBeNull();
  });

  test('what a key means is shown where a pointer rests on it', async () => {
    await page.click('#write-tab');
    await textOf('write-state', /^synth writes \d+ files/);
    const place = await page.evaluate(() => {
      const line = [...document.querySelectorAll('.cm-line')].find((one) =>
        one.textContent?.startsWith('host'),
      );
      const box = line?.getBoundingClientRect();
      return { x: (box?.left ?? 0) + 20, y: (box?.top ?? 0) + (box?.height ?? 0) / 2 };
    });
    await page.mouse.move(place.x, place.y);
    await page.waitForSelector('.hint', { timeout: 30_000 });
    expect(await page.$eval('.hint', (hint) => hint.textContent)).toContain('DNS name under which');
  });

  test('a chapter of the runbook is read beside the picture, and opened by keyboard', async () => {
    await page.click('#write-tab');
    await textOf('runbook', /Restore the library/);
    await page.focus('#runbook details:nth-of-type(1) summary');
    await page.keyboard.press('Enter');
    await page.waitForSelector('#runbook details:nth-of-type(1) pre');
    const told = await page.$eval('#runbook details:nth-of-type(1)', (chapter) => chapter.textContent ?? '');
    expect(told).toContain('npx immich-cdk8s doctor');
    expect(told).not.toMatch(/```|\*\*|\]\(/);
  });

  test('every control has a name for those who do not see it, and results are announced', async () => {
    await page.click('#write-tab');
    await textOf('write-state', /^synth writes/);
    const tree = await page.accessibility.snapshot({ interestingOnly: true });
    const nameless: string[] = [];
    const look = (node: NonNullable<typeof tree>) => {
      const isControl = ['button', 'tab', 'textbox', 'combobox', 'link', 'tabpanel'].includes(node.role);
      if (isControl && (node.name ?? '') === '') nameless.push(node.role);
      for (const child of node.children ?? []) look(child);
    };
    if (tree === null) throw new Error('The page has no tree.');
    look(tree);
    expect(nameless).toEqual([]);
    const states = await page.$$eval('[role="status"]', (all) => all.map(({ id }) => id));
    expect(states).toEqual(['audit-state', 'write-state']);
  });

  test('on a telephone nothing is wider than the screen', async () => {
    await page.setViewport({ width: 360, height: 740 });
    for (const tab of ['#audit-tab', '#write-tab']) {
      await page.click(tab);
      if (tab === '#write-tab') {
        await textOf('write-state', /^synth writes/);
        await textOf('runbook', /Restore the library/);
        for (const summary of await page.$$('#runbook summary')) await summary.evaluate((one) => one.click());
      }
      expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(360);
    }
  });

  test('it says whose it is not', async () => {
    expect(await page.$eval('header', (header) => header.textContent)).toContain(
      'Not made by the Immich team',
    );
  });
});
