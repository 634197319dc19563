/** As the package's README asks for; a build alone needs nothing. */
export default { optimizeDeps: { exclude: ['timdoc'] } };
