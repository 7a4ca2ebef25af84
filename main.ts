import { program } from './cli/program.ts';
import { synth } from './cli/synth.ts';

// What `cdk8s synth` and `npm run synth` run: the command synth, without the other commands.
program(synth);
