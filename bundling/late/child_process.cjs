// In the place of child_process in a bundle: loaded when it is used, since loading costs more than a millisecond.
const late =
  (name) =>
  (...given) =>
    require('node:child_process')[name](...given);

module.exports = { execFileSync: late('execFileSync'), spawnSync: late('spawnSync') };
