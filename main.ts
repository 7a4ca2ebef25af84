import { synth } from './cli/synth.ts';

// What `cdk8s synth` and `npm run synth` run: the command synth, without the other commands.
process.exitCode = synth(process.argv.slice(2));
