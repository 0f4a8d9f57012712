import { corpus, corpusOneByOne } from './corpus.ts';
import { excessiveReplies, largeReplies } from './replies.ts';

corpusOneByOne('large replies', largeReplies);
corpus('excessive replies', excessiveReplies);
