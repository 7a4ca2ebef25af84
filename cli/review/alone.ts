import { program } from '../program.ts';
import { review } from '../review.ts';

// The review as a program of its own, which needs nothing of cdk8s.
program(review);
