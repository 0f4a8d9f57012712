/** What the options and files of a run refer to. */
export interface RunSurroundings {
  readonly environment: NodeJS.ProcessEnv;
  /** Relative paths are below it. */
  readonly workingDirectory: string;
}
