type Ending = () => unknown;

const endings: Ending[] = [];
let over = false;

/** Has something ended when the scenarios of this file are through, so that the test runner can end by itself. */
export function atTheEnd(ending: Ending): void {
  endings.push(ending);
}

/** Ends everything that was started, the newest first, and every wait that nobody waits for any more. */
export async function endEverything(): Promise<void> {
  over = true;
  for (const ending of endings.reverse().splice(0)) {
    await ending();
  }
}

/** Whether the scenarios are through. */
export function isOver(): boolean {
  return over;
}
