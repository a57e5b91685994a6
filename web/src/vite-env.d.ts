/** Addresses of the bundled sample before and after cleaning; null where the build had none. Set by vite.config.ts. */
declare const __SAMPLE__: { readonly noisy: string; readonly clean: string }
