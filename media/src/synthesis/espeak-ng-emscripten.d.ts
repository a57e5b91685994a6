declare module '@echogarden/espeak-ng-emscripten' {
  // As far as espeak.ts uses it; the package has no types of its own.
  const load: () => Promise<{ eSpeakNGWorker: new () => never }>

  // biome-ignore lint/style/noDefaultExport: the package exports it so
  export default load
}
