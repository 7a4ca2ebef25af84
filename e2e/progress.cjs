/** Tells which scenario has begun, since jest says nothing before the end of a file, and ours take minutes. */
module.exports = class Progress {
  #told = new Set();
  #started = Date.now();

  onTestCaseResult(_test, { ancestorTitles: [suite = '', scenario = suite] }) {
    if (!this.#told.has(scenario)) {
      this.#told.add(scenario);
      process.stderr.write(`e2e: ${Math.round((Date.now() - this.#started) / 1000)} s: ${scenario}\n`);
    }
  }
};
