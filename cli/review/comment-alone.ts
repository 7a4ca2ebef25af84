import { comment } from './comment.ts';

// The script of the action, which runs beside the review.
comment(process.env).then((code) => {
  process.exitCode = code;
});
