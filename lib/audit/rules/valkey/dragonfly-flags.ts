import { dragonflyBesideServer } from '../../examples.ts';
import type { Rule } from '../../rule.ts';
import { dragonflies } from '../../views/dragonflies.ts';

export const dragonflyFlags: Rule = {
  id: 'dragonfly-flags',
  severity: 'warning',
  whose: 'upstream',
  meaning: "Dragonfly refuses the scripts by which Immich's queue of jobs works.",
  why: 'BullMQ, which Immich keeps its jobs with, runs scripts that touch keys they do not name first. Dragonfly refuses such scripts unless a flag allows them; uploads then arrive, but no job of theirs runs.',
  url: 'https://www.dragonflydb.io/docs/integrations/bullmq',
  limits: 'A file of flags is not read.',
  examples: {
    good: dragonflyBesideServer('--proactor_threads=2, --default_lua_flags=allow-undeclared-keys'),
    broken: { ', --default_lua_flags=allow-undeclared-keys': '' },
  },
  check(inventory, report) {
    for (const { words, isSetElsewhere, args } of dragonflies(inventory)) {
      if (!isSetElsewhere('default_lua_flags') && !isAllowed(words)) {
        report(args, problem);
      }
    }
  },
};

const problem = {
  message:
    "Without its flag for undeclared keys Dragonfly refuses the scripts of Immich's queue; no job runs.",
  fix: 'Add --default_lua_flags=allow-undeclared-keys to args.',
};

/** Whether the words of its command line allow such scripts, or a file may. */
function isAllowed(words: string): boolean {
  return /default_lua_flags[= ]*\S*allow-undeclared-keys|cluster_mode|flagfile/.test(words);
}
