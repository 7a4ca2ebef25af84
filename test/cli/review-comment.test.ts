import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { bundle } from '../bundle.ts';

const marker = '<!-- immich-cdk8s review -->';
const bot = 'github-actions[bot]';

interface Comment {
  readonly id: number;
  body: string;
  readonly user: { readonly login: string };
}

let program: string;
let file: string;
let server: Server;
let comments: Comment[];
let requests: string[];
/** What the stub answers to a method instead of doing it. */
let refusals: { readonly [method: string]: number };

beforeAll(() => {
  const folder = mkdtempSync(join(tmpdir(), 'comment-'));
  program = join(folder, 'comment.cjs');
  file = join(folder, 'review.md');
  bundle('comment', program);
});

afterAll(() => rmSync(dirname(program), { recursive: true }));

beforeEach(async () => {
  [comments, requests, refusals] = [[], [], {}];
  server = createServer((request, response) => {
    const { method = '', url = '', headers } = request;
    const parts: Buffer[] = [];
    request.on('data', (part: Buffer) => parts.push(part));
    request.on('end', () => {
      requests.push(`${method} ${url}`);
      const answer =
        headers.authorization === 'Bearer t0ken' ? handle(method, url, Buffer.concat(parts).toString()) : 401;
      response.writeHead(typeof answer === 'number' ? answer : 200, { 'content-type': 'application/json' });
      response.end(JSON.stringify(typeof answer === 'number' ? { message: 'no' } : answer));
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
});

afterEach(() => new Promise((resolve) => server.close(resolve)));

/** GitHub's API, as far as comments go: https://docs.github.com/en/rest/issues/comments */
function handle(method: string, url: string, content: string): unknown {
  const refused = refusals[method];
  if (refused !== undefined) return refused;
  const { pathname, searchParams } = new URL(url, 'http://stub');
  if (pathname === '/repos/us/photos/issues/7/comments' && method === 'GET') {
    const [size, page] = [Number(searchParams.get('per_page')), Number(searchParams.get('page'))];
    return comments.slice((page - 1) * size, page * size);
  }
  const { body } = JSON.parse(content);
  if (body.length > 65_536) return 422;
  if (pathname === '/repos/us/photos/issues/7/comments' && method === 'POST') {
    comments.push({ id: comments.length + 1, body, user: { login: bot } });
    return {};
  }
  const own = comments.find(({ id }) => pathname === `/repos/us/photos/issues/comments/${id}`);
  if (method !== 'PATCH' || own === undefined) return 404;
  own.body = body;
  return {};
}

function run(
  review: string,
  some: { readonly [name: string]: string } = {},
): Promise<{ code: number; stdout: string }> {
  writeFileSync(file, review);
  const address = server.address();
  const port = typeof address === 'object' ? address?.port : '';
  const env = {
    ...{ GITHUB_API_URL: `http://127.0.0.1:${port}`, GITHUB_REPOSITORY: 'us/photos', REVIEW_FILE: file },
    ...{ REVIEW_PULL_REQUEST: '7', REVIEW_TOKEN: 't0ken', REVIEW_AUTHOR: bot, ...some },
  };
  return new Promise((resolve) => {
    const child = execFile(process.execPath, [program], { env }, (_, stdout) =>
      resolve({ code: child.exitCode ?? -1, stdout }),
    );
  });
}

const other = (body: string, login = 'somebody', id = 100): Comment => ({ id, body, user: { login } });

test('the first review is a new comment', async () => {
  comments.push(other('Nice!'));
  expect(await run('## Immich: Routine\n')).toEqual({ code: 0, stdout: '' });
  expect(comments.map(({ body }) => body)).toEqual(['Nice!', `${marker}\n## Immich: Routine`]);
});

test('the next one changes it, and the same one leaves it', async () => {
  await run('one');
  await run('two');
  await run('two');
  expect(comments.map(({ body }) => body)).toEqual([`${marker}\ntwo`]);
  expect(requests.map((request) => request.slice(0, 5))).toEqual([
    'GET /',
    'POST ',
    'GET /',
    'PATCH',
    'GET /',
  ]);
});

test('ours is found behind hundreds of others', async () => {
  for (let id = 100; id < 350; id++) comments.push(other('a', 'somebody', id));
  comments.push(other(`${marker}\nold`, bot, 400));
  await run('new');
  expect(comments).toHaveLength(251);
  expect(comments.at(-1)?.body).toBe(`${marker}\nnew`);
});

test('a comment of somebody else with our marker is not ours, nor is another one of the bot', async () => {
  comments.push(other(`${marker}\nfaked`), other('a report', bot, 101));
  await run('true');
  expect(comments.map(({ body }) => body)).toEqual([`${marker}\nfaked`, 'a report', `${marker}\ntrue`]);
});

test('what is too long is cut at a line, and says so', async () => {
  expect(await run(`${'line of a review\n'.repeat(9000)}`)).toEqual({ code: 0, stdout: '' });
  const body = comments[0]?.body ?? '';
  expect(body.length).toBeLessThan(65_536);
  expect(body).toMatch(
    /line of a review\n\nThe rest is too long for a comment, and stands in the summary of the job\.$/,
  );
});

test.each([
  ['GET', 403],
  ['POST', 403],
  ['POST', 404],
])('%s answered by %i is a warning that says what is missing', async (method, status) => {
  refusals = { [method]: status };
  const { code, stdout } = await run('one');
  expect(code).toBe(0);
  expect(stdout).toContain(
    `::warning::GitHub does not let this job comment (${status}). Give the job "permissions: pull-requests: write"`,
  );
});

test('another answer fails, and shows no token', async () => {
  refusals = { POST: 500 };
  const { code, stdout } = await run('one');
  expect(code).toBe(1);
  expect(stdout).toBe(
    '::error::The comment was not written: GitHub answered 500 to POST /issues/7/comments.\n',
  );
  const wrong = await run('one', { REVIEW_TOKEN: 'wr0ng' });
  expect(wrong).toMatchObject({ code: 1 });
  expect(wrong.stdout).not.toContain('wr0ng');
});

test('a redirect is not followed, and an answer of another form fails', async () => {
  refusals = { GET: 301 };
  expect((await run('one')).code).toBe(1);
  expect((await run('one', { GITHUB_API_URL: 'http://127.0.0.1:1' })).code).toBe(1);
});

test.each([
  [{ REVIEW_PULL_REQUEST: '' }, 'This job is of no pull request'],
  [{ REVIEW_PULL_REQUEST: '7/../8' }, 'This job is of no pull request'],
  [{ REVIEW_TOKEN: '' }, 'There is no token'],
])('%j is refused before anything is asked', async (some, message) => {
  const { code, stdout } = await run('one', some);
  expect(code).toBe(1);
  expect(stdout).toContain(message);
  expect(requests).toEqual([]);
});
