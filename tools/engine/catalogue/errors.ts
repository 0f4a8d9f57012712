/**
 * The command line, a file or the configuration is wrong: exit code 2. The message is one paragraph that says what
 * is wrong, where, and what to do.
 */
export class ConfigurationError extends Error {
  override readonly name = 'ConfigurationError';
}
