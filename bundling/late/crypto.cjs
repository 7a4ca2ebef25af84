// In the place of crypto in a bundle: loaded when it is used, since loading costs milliseconds.
module.exports = {
  get createHash() {
    return require('node:crypto').createHash;
  },
};
