#!/usr/bin/env node
// Plays kubectl in tests: answers from the JSON file that FAKE_KUBECTL names, and notes each call beside it.
const { appendFileSync, readFileSync } = require('node:fs');

const file = process.env.FAKE_KUBECTL;
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
  const { paths = {}, secrets = {}, down } = contexts[at < 0 ? current : args[at + 1]];
  if (down !== undefined) fail(down);
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
