import type { Answer, Task } from './work.ts';

/** A worker that does one thing at a time; what comes meanwhile waits, and only the last of it is done. */
export class Workshop {
  private readonly worker = new Worker('worker.js');
  private isBusy = false;
  private next: Task | undefined;

  constructor(private readonly answered: (answer: Answer) => void) {
    this.worker.addEventListener('message', ({ data }: MessageEvent<Answer>) => this.finish(data));
    this.worker.addEventListener('error', ({ message }) => this.finish({ kind: 'failed', message }));
  }

  start(task: Task): void {
    if (this.isBusy) {
      this.next = task;
      return;
    }
    this.isBusy = true;
    this.worker.postMessage(task);
  }

  private finish(answer: Answer): void {
    this.isBusy = false;
    const task = this.next;
    this.next = undefined;
    // An answer that is out of date by then is not shown; what is known of keys is never out of date.
    if (task === undefined || answer.kind === 'hints') this.answered(answer);
    if (task !== undefined) this.start(task);
  }
}
