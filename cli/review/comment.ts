import { readFileSync } from 'node:fs';
import { show } from '../../lib/text/shown.ts';
import { print } from '../terminal.ts';

/** What GitHub tells a job, and the action its script. */
export type Environment = Readonly<Record<string, string | undefined>>;

/** The first line of our comment, by which it is found again. */
const marker = '<!-- immich-cdk8s review -->';

/** GitHub takes comments of 65,536 characters. */
const longest = 65_000;

/**
 * Writes the review into a pull request as one comment: a new one, or the one that is there brought up to date.
 * https://docs.github.com/en/rest/issues/comments
 *
 * @returns The exit code. Where the job may not comment, that is a warning: the review stands in its summary.
 */
export async function comment(environment: Environment): Promise<number> {
  const file = environment['REVIEW_FILE'];
  const number = environment['REVIEW_PULL_REQUEST'] ?? '';
  const token = environment['REVIEW_TOKEN'] ?? '';
  if (file === undefined) return fail('REVIEW_FILE is missing. Set it to the file that holds the review.');
  if (!/^\d+$/.test(number)) {
    return fail(
      'This job is of no pull request, so that there is nothing to comment on. Run it on pull_request.',
    );
  }
  if (token === '') return fail('There is no token. Give the action one by its input token.');
  const host = environment['GITHUB_API_URL'] ?? 'https://api.github.com';
  const repository = `${host}/repos/${environment['GITHUB_REPOSITORY'] ?? ''}`;
  const api = new Api(repository, token);
  try {
    const body = show(bodyOf(readFileSync(file, 'utf8')));
    const own = await ownComment(api, number, environment['REVIEW_AUTHOR'] ?? 'github-actions[bot]');
    if (own === undefined) await api.send('POST', `/issues/${number}/comments`, { body });
    else if (own.body !== body) await api.send('PATCH', `/issues/comments/${own.id}`, { body });
    return 0;
  } catch (error) {
    if (error instanceof Refusal && (error.status === 403 || error.status === 404)) {
      print(
        `::warning::GitHub does not let this job comment (${error.status}). Give the job "permissions: pull-requests: write". On pull requests from forks that takes the event pull_request_target. The review stands in the summary of the job.\n`,
      );
      return 0;
    }
    return fail(`The comment was not written: ${error instanceof Error ? error.message : String(error)}.`);
  }
}

function fail(message: string): number {
  print(`::error::${message}\n`);
  return 1;
}

/** The review behind the marker; what is too long is cut at a line. */
function bodyOf(review: string): string {
  const text = `${marker}\n${review.trim()}`;
  if (text.length <= longest) return text;
  const cut = text.slice(0, longest);
  return `${cut.slice(0, cut.lastIndexOf('\n'))}\n\nThe rest is too long for a comment, and stands in the summary of the job.`;
}

interface Comment {
  readonly id: number;
  readonly body: string;
}

/** The comment that we wrote. Somebody else could write the marker, too, and then change what we say. */
async function ownComment(api: Api, number: string, author: string): Promise<Comment | undefined> {
  for (let page = 1; ; page++) {
    const answer = await api.send('GET', `/issues/${number}/comments?per_page=100&page=${page}`);
    if (!Array.isArray(answer)) throw new Error('GitHub answered no list of comments');
    for (const one of answer) {
      const found = commentOf(one, author);
      if (found !== undefined) return found;
    }
    if (answer.length < 100) return undefined;
  }
}

function commentOf(value: unknown, author: string): Comment | undefined {
  if (!isRecord(value) || !isRecord(value['user']) || value['user']['login'] !== author) return undefined;
  const { id, body } = value;
  return typeof id === 'number' && typeof body === 'string' && body.startsWith(marker)
    ? { id, body }
    : undefined;
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null;
}

/** GitHub said no. */
class Refusal extends Error {
  constructor(
    readonly status: number,
    request: string,
  ) {
    super(`GitHub answered ${status} to ${request}`);
  }
}

class Api {
  constructor(
    private readonly repository: string,
    private readonly token: string,
  ) {}

  async send(method: string, path: string, content?: unknown): Promise<unknown> {
    const response = await fetch(`${this.repository}${path}`, {
      method,
      headers: {
        accept: 'application/vnd.github+json',
        authorization: `Bearer ${this.token}`,
        'content-type': 'application/json',
        'user-agent': 'immich-cdk8s',
        'x-github-api-version': '2022-11-28',
      },
      ...(content === undefined ? {} : { body: JSON.stringify(content) }),
      // A token goes nowhere that GitHub did not name.
      redirect: 'error',
      signal: AbortSignal.timeout(60_000),
    });
    if (!response.ok) throw new Refusal(response.status, `${method} ${path}`);
    return response.json();
  }
}
