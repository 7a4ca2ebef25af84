import { posix } from 'node:path';
import { type Place, synthArguments } from './place.ts';

const checkout = 'actions/checkout@11bd71901bbe5b1630ceea73d27597364c9af683 # v4.2.2';
const node = `actions/setup-node@49933ea5288caeca8642d1e84afbd3f7d6820020 # v4.4.0
        with:
          node-version: 24`;
const appToken = 'actions/create-github-app-token@1b10c78c7865c340bc4f6099eb2f838309f1e8c3 # v3.1.1';

/** The workflows of a repository of one's own, by the names of their files. */
export function workflows(place: Place): ReadonlyMap<string, string> {
  return new Map([
    ['immich.yaml', distWorkflow(place)],
    ['review.yaml', reviewWorkflow(place)],
    ['immich-synth.yaml', synthWorkflow(place)],
  ]);
}

/** Fails where dist is not what synth makes. */
function distWorkflow(place: Place): string {
  return `name: immich

on:
  push:
    branches: [main]
  pull_request:

permissions:
  contents: read

jobs:
  dist:
    name: dist is what synth makes of the installations
    runs-on: ubuntu-latest
    timeout-minutes: 10
${defaults(place)}    steps:
      - uses: ${checkout}
        with:
          persist-credentials: false
      - uses: ${node}
      - run: npm ci
      - run: npx --no-install immich-cdk8s synth --check${synthArguments(place)}
`;
}

/**
 * Reviews a pull request. https://securitylab.github.com/resources/github-actions-preventing-pwn-requests/ says why
 * nothing of the branch may run here.
 */
function reviewWorkflow({ project }: Place): string {
  const base = posix.join('base', project);
  return `name: immich-review

# Says in each pull request what it does to Immich, in one comment. By pull_request_target the workflow and the program are
# those of the branch that it goes into, also for pull requests from forks. What comes with it is read, and never run: add
# no step that does anything else with the folder head.
on:
  pull_request_target:

permissions:
  contents: read

concurrency:
  group: immich-review-\${{ github.event.pull_request.number }}
  cancel-in-progress: true

jobs:
  review:
    name: What this does to Immich
    runs-on: ubuntu-latest
    timeout-minutes: 10
    permissions:
      contents: read
      pull-requests: write
    steps:
      - uses: ${checkout}
        with:
          ref: \${{ github.event.pull_request.base.sha }}
          path: base
          persist-credentials: false
      - uses: ${checkout}
        with:
          ref: refs/pull/\${{ github.event.pull_request.number }}/head
          path: head
          fetch-depth: 0
          persist-credentials: false
      - run: npm ci --ignore-scripts
        working-directory: ${base}
      - uses: ./${base}/node_modules/immich-cdk8s/build/review
        with:
          checkout: head
          # refused, steps, restarting or never: from which grade on the job fails.
          fail-on: refused
`;
}

/** Lets dist follow where Renovate changed an installation file. */
function synthWorkflow(place: Place): string {
  const { project, installations, own } = place;
  return `name: immich-synth

# Renovate changes installation files; dist has to follow in the same pull request, so that it can be reviewed and merged.
#
# The commit is pushed with a token of a GitHub App (the variable IMMICH_APP_CLIENT_ID and the secret IMMICH_APP_KEY, with
# the permission contents: write) or a personal one (the secret IMMICH_SYNTH_TOKEN), because what GITHUB_TOKEN pushes
# starts no workflows: the checks and the review would stay those of the commit before.
# https://docs.github.com/en/actions/how-tos/write-workflows/choose-when-workflows-run/trigger-a-workflow
#
# It cannot start itself: it runs when an installation file is pushed, and pushes nothing but ${own.dist}/.
on:
  push:
    branches: ['renovate/**']
    paths: ['${posix.join(project, installations)}/**']

permissions:
  contents: read

concurrency:
  group: immich-synth-\${{ github.ref }}

jobs:
  synth:
    name: dist follows
    runs-on: ubuntu-latest
    timeout-minutes: 10
${defaults(place)}    steps:
      - id: app
        if: vars.IMMICH_APP_CLIENT_ID != ''
        uses: ${appToken}
        with:
          client-id: \${{ vars.IMMICH_APP_CLIENT_ID }}
          private-key: \${{ secrets.IMMICH_APP_KEY }}
          permission-contents: write
      - uses: ${checkout}
        with:
          persist-credentials: false
      - uses: ${node}
      - run: npm ci --ignore-scripts
      - run: npx --no-install immich-cdk8s synth${synthArguments(place)}
      - name: Commit what synth wrote
        env:
          TOKEN: \${{ steps.app.outputs.token || secrets.IMMICH_SYNTH_TOKEN }}
          BRANCH: \${{ github.ref_name }}
        run: |
          git add --all -- ${own.output}
          if git diff --cached --quiet; then exit 0; fi
          if [ -z "$TOKEN" ]; then
            echo "::error::There is no token: see the beginning of this workflow. dist was not pushed."
            exit 1
          fi
          git config user.name 'immich-synth'
          git config user.email 'immich-synth@users.noreply.github.com'
          git commit --quiet --message 'Let dist follow the installation files'
          header="AUTHORIZATION: basic $(printf 'x-access-token:%s' "$TOKEN" | base64 --wrap=0)"
          git -c "http.$GITHUB_SERVER_URL/.extraheader=$header" push --quiet origin "HEAD:refs/heads/$BRANCH"
`;
}

function defaults({ project }: Place): string {
  return project === '' ? '' : `    defaults:\n      run:\n        working-directory: ${project}\n`;
}
