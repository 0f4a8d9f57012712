import type { Command } from 'commander';
import { option, words } from './options.ts';

/** The options that say what the target is and how it is reached; the same for every command that talks to one. */
export function addTargetOptions(command: Command): Command {
  return command
    .addOption(option('--base-url <url>', 'service root with version, e.g. http://localhost:8080/beta'))
    .addOption(option('--api-version <version>', 'beta or v1.0, where the base URL does not end in it'))
    .addOption(words('--target <file>', 'target files, or globs of them; command-line flags take precedence'))
    .addOption(option('--target-version <text>', 'which version of the target is tested, for the reports'))
    .addOption(option('--target-commit <hash>', 'the commit of the target (default: the one that the CI system names)'))
    .addOption(option('--token-env <name>', 'the environment variable that holds the bearer token'))
    .addOption(option('--token-file <file>', 'the file that holds the bearer token'))
    .addOption(option('--request-timeout <duration>', 'for one answer (default: 10s)'))
    .addOption(option('--notification-timeout <duration>', 'for an update on the callback (default: 5s)'))
    .addOption(option('--quiet-window <duration>', 'how long silence has to last to count (default: 300ms)'))
    .addOption(option('--callback-listen <host:port>', 'where to listen for callbacks (default: 127.0.0.1:0)'))
    .addOption(option('--callback-url <url>', 'where the target reaches that listener, if under another name'))
    .addOption(option('--callback-tls', 'serve the callback over https, with a certificate made at start'))
    .addOption(
      option('--wait <duration>', 'how long to wait for the target to answer, e.g. 60s (default: do not wait)'),
    )
    .addOption(option('--ca <file>', 'certificate authorities to trust, PEM'))
    .addOption(option('--cert <file>', 'client certificate, PEM'))
    .addOption(option('--key <file>', 'its private key, PEM'))
    .addOption(option('--insecure', 'accept any certificate of the target; marked in every report'))
    .addOption(option('--allow-production', 'allow Microsoft Graph itself as the target'));
}
