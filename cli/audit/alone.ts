import { audit } from '../audit.ts';

// The audit as a program of its own, which is a third of the whole: it needs nothing of cdk8s.
process.exitCode = audit(process.argv.slice(2));
