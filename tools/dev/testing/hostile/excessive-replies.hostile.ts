import { corpusOneByOne } from './corpus.ts';
import { excessiveReplies } from './replies.ts';

corpusOneByOne('excessive replies', excessiveReplies);
