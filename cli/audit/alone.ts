import { audit } from '../audit.ts';
import { program } from '../program.ts';

// The audit as a program of its own, which is a third of the whole: it needs nothing of cdk8s.
program(audit);
