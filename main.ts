import { synth } from './cli/synth.ts';

// What `cdk8s synth` and `npm run synth` run: the command synth, without the other commands.
synth(process.argv.slice(2)).then((code) => {
  process.exitCode = code;
});
