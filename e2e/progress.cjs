/** Tells which scenario is done, since jest says nothing before the end of a file, and ours is one file of minutes. */
module.exports = class Progress {
  #scenario = '';
  #started = Date.now();

  onTestCaseResult(_test, { ancestorTitles }) {
    const scenario = ancestorTitles[1] ?? '';
    if (scenario !== this.#scenario) {
      this.#scenario = scenario;
      process.stderr.write(`e2e: ${Math.round((Date.now() - this.#started) / 1000)} s: ${scenario}\n`);
    }
  }
};
