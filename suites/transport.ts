import { CouldNotRun, defineSuite, Indeterminate, NotApplicable } from '../tools/graph/suite.ts';

const { suite, checkWholeRun } = defineSuite('transport');

checkWholeRun('transport.answered', 'answers its requests', async (run) => {
  const { requests, answered, unanswered, unconnected, unreachable, givenUp, demand } = run;
  const examples = `for example: ${run.unansweredExamples.slice(0, 3).join('; ')}`;
  const isMany = (amount: number) => amount > 2 && amount > 0.01 * requests;
  const percentage = (amount: number) => `${((100 * amount) / requests).toFixed(1)} %`;

  if (unreachable !== undefined) throw new CouldNotRun(unreachable);
  if (requests === 0) throw new NotApplicable('condition', 'no request was sent in the whole run');
  if (answered === 0) throw new CouldNotRun(`none of ${requests} requests was answered, ${examples}`);
  demand(
    !isMany(unanswered),
    'no more than two requests, or 1 % of them, to be reset, torn or left hanging',
    `${unanswered} of ${requests} requests (${percentage(unanswered)}) were, ${examples}`,
  );
  if (isMany(unconnected)) {
    throw new Indeterminate(
      `no connection could be made for ${unconnected} of ${requests} requests (${percentage(unconnected)}): the target was not there all the time, ${examples}`,
    );
  }
  // What was never asked because of that cannot be counted.
  if (givenUp !== undefined) throw new Indeterminate(`${givenUp}, ${examples}`);
});

export default suite;
