import type { Schema } from '../schema/schema.ts';
import { label } from './texts.ts';

/** How long names may be: objects carry theirs as a label of 63 characters, and most are made from these. */
export const longestNames = {
  /** `immich-<name>-monitoring` is among the longest. */
  installation: 44,
  namespace: 50,
  /** CloudNativePG refuses longer ones. */
  database: 50,
} as const;

/** A name of which editors know how long it may be. Synth says why, where names are made from it. */
export function labelOf(what: keyof typeof longestNames): Schema<string> {
  return { ...label, json: { ...label.json, maxLength: longestNames[what] } };
}
