import type { Fault } from '../deviation.ts';
import type { MakesHooks } from '../mute-hooks.ts';

/** Everything is posted to a callbackUri that is not quite the one that was given. */
function posting(alter: (url: string) => string): MakesHooks {
  return () => ({ notification: (_context, delivery) => [{ ...delivery, url: alter(delivery.url) }] });
}

/** The query is taken apart into its parameters and put together again. */
function rewriting(rewrite: (parameters: readonly string[]) => readonly string[]): MakesHooks {
  return posting((url) => {
    const [, before = url, query = ''] = /^([^?]*\?)(.*)$/.exec(url) ?? [];
    return before + rewrite(query.split('&')).join('&');
  });
}

/** What routers, URL classes and databases make of a callbackUri. */
export const callbackUriFaults: readonly Fault[] = [
  {
    id: 'callback-in-lower-case',
    summary: 'Writes the callbackUri in lower case',
    breaks: ['roster.callback'],
    hooks: posting((url) => url.toLowerCase()),
  },
  {
    id: 'callback-decoded',
    summary: 'Decodes the callbackUri and encodes it again',
    breaks: ['roster.callback'],
    hooks: posting((url) => encodeURI(decodeURIComponent(url))),
  },
  {
    id: 'callback-read-as-form',
    summary: 'Reads the query of the callbackUri as a form, and writes it as one',
    breaks: ['roster.callback'],
    hooks: posting((url) => url.replace(/(?<=\?).*/, (query) => new URLSearchParams(query).toString())),
  },
  {
    id: 'callback-plus-as-space',
    summary: 'Takes a plus in the callbackUri for a space',
    breaks: ['roster.callback'],
    hooks: posting((url) => url.replaceAll('+', '%20')),
  },
  {
    id: 'callback-without-empty-parameters',
    summary: 'Drops parameters without a value from the callbackUri',
    breaks: ['roster.callback'],
    hooks: rewriting((parameters) => parameters.filter((parameter) => !parameter.endsWith('='))),
  },
  {
    id: 'callback-with-sorted-query',
    summary: 'Sorts the parameters of the callbackUri',
    breaks: ['roster.callback'],
    hooks: rewriting((parameters) => parameters.toSorted()),
  },
  {
    id: 'callback-with-each-parameter-once',
    summary: 'Keeps the last of several parameters of a name in the callbackUri',
    breaks: ['roster.callback'],
    hooks: rewriting((parameters) => [
      ...new Map(parameters.map((parameter) => [parameter.replace(/=.*/, ''), parameter])).values(),
    ]),
  },
  {
    id: 'callback-to-second-question-mark',
    summary: 'Cuts the callbackUri at its second question mark',
    breaks: ['roster.callback'],
    hooks: posting((url) => url.split('?').slice(0, 2).join('?')),
  },
  {
    id: 'callback-without-last-slash',
    summary: 'Takes a slash from the end of the path of the callbackUri',
    breaks: ['roster.callback'],
    hooks: posting((url) => url.replace(/\/(?=\?|$)/, '')),
  },
];
