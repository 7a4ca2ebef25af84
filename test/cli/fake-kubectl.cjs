#!/usr/bin/env node
// Plays kubectl in tests: answers from the JSON file that FAKE_KUBECTL names, or the one beside it, and notes each call.
const { appendFileSync, readFileSync } = require('node:fs');
const { join } = require('node:path');

const file = process.env.FAKE_KUBECTL ?? join(__dirname, 'answers.json');
const args = process.argv.slice(2);
appendFileSync(`${file}.calls`, `${JSON.stringify(args)}\n`);
const { contexts = {}, current = '' } = JSON.parse(readFileSync(file, 'utf8'));

function fail(message) {
  process.stderr.write(`${message}\n`);
  process.exit(1);
}

if (args[0] === 'config') {
  if (args[1] === 'get-contexts')
    process.stdout.write(
      Object.keys(contexts)
        .map((name) => `${name}\n`)
        .join(''),
    );
  else if (current === '') fail('error: current-context is not set');
  else process.stdout.write(`${current}\n`);
} else {
  const at = args.indexOf('--context');
  const { paths = {}, secrets = {}, queries = {}, down, hangs } = contexts[at < 0 ? current : args[at + 1]];
  if (down !== undefined) fail(down);
  // It waits for a cluster that does not answer, as somebody who ends it does.
  if (hangs === true) Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 20_000);
  const pod = args[args.indexOf('exec') + 1];
  if (args.includes('exec')) {
    if (queries[pod] === undefined) fail(`Error from server (NotFound): pods "${pod}" not found`);
    if (queries[pod] === 'forbidden')
      fail(`Error from server (Forbidden): pods "${pod}" is forbidden: User "jane" cannot create pods/exec`);
    if (queries[pod] === 'broken')
      fail('ERROR:  canceling statement due to statement timeout\ncommand terminated with exit code 1');
    if (queries[pod] === 'unreachable')
      fail(
        'error: Internal error occurred: Post "https://192.0.2.1:10250/exec/immich/a?command=psql&output=1": refused',
      );
    if (!args.join(' ').includes('default_transaction_read_only=on')) fail('the session may write');
    process.stdout.write(JSON.stringify(queries[pod]));
    process.exit(0);
  }
  const isSecret = args.includes('secret');
  const name = isSecret
    ? `${args[args.indexOf('--namespace') + 1]}/${args[args.indexOf('secret') + 1]}`
    : args[args.indexOf('--raw') + 1];
  const answer = isSecret ? secrets[name] : paths[name];
  if (answer === undefined) fail(`Error from server (NotFound): "${name}" not found`);
  if (answer === 'forbidden')
    fail(`Error from server (Forbidden): "${name}" is forbidden: User "jane" cannot get it`);
  if (isSecret) {
    if (!args.some((arg) => arg.startsWith('--output=go-template=') || arg.startsWith('go-template=')))
      fail('values were asked for');
    process.stdout.write([answer.type, ...answer.keys.map((key) => `+${key}`)].join('\n'));
  } else process.stdout.write(JSON.stringify(answer));
}
