// Loaded before a command, so that it takes its output for a terminal of as many columns as COLUMNS says.
for (const output of [process.stdout, process.stderr]) {
  output.isTTY = true;
  output.columns = Number(process.env.COLUMNS);
}

// A computer on which everything takes seconds.
if (process.env.IS_SLOW) {
  let now = 0;
  performance.now = () => {
    now += 2000;
    return now;
  };
}
