// A loader: cose-ts imports its own parts without ".js", as bundlers allow and node does not.
export function resolve(specifier, context, next) {
  const own = specifier.startsWith('./') && !specifier.endsWith('.js') && context.parentURL?.includes('/cose-ts/');
  return next(own ? `${specifier}.js` : specifier, context);
}
