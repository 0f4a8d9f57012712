import { checkRun, suite } from '../tools/runner/suite.ts';

suite('transport');

checkRun('transport.answered', 'answers its requests', async ({ requests, unanswered, unansweredExamples, demand }) => {
  const share = requests === 0 ? 0 : unanswered / requests;
  demand(
    unanswered <= 2 || share <= 0.01,
    'no more than two requests, or 1 % of them, to be reset, torn or left hanging',
    `${unanswered} of ${requests} requests (${(100 * share).toFixed(1)} %) were, for example: ${unansweredExamples.slice(0, 3).join('; ')}`,
  );
});
