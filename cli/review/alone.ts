import { review } from '../review.ts';

// The review as a program of its own, which needs nothing of cdk8s.
process.exitCode = review(process.argv.slice(2));
