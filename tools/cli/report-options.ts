import type { Command } from 'commander';
import { choice, list, option } from './options.ts';

/**
 * The options that say which reports are written and how; the same for every command that writes them.
 * @param more formats that this command has besides
 */
export function addReportOptions(command: Command, more: readonly string[] = []): Command {
  const formats = [...more, 'junit', 'html', 'md', 'badge', 'ctrf'].join(', ');
  return command
    .addOption(list('--formats <names>', `${formats} (default: junit,html,md)`))
    .addOption(option('--attach', 'name the page in junit.xml, for CI systems that show attachments'))
    .addOption(
      choice('--junit-schema <name>', 'strict: nothing that the Jenkins xUnit plugin refuses (default: common)', [
        'common',
        'strict',
      ]),
    );
}
