// @ts-check

/**
 * How a file of `resources/models` is made.
 * @typedef {object} Recipe
 * @property {string} file its name there
 * @property {import('./package-files.mjs').PackageFiles} source
 * @property {string} licence who owns it, and under which terms it is here
 * @property {string | null} licenceFile inside the package, where it has one
 * @property {(folder: string) => Promise<Buffer>} make from the package's files; the bytes
 */

export {}
