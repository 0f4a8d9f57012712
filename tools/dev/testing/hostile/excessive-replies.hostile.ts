import { corpus } from './corpus.ts';
import { excessiveReplies } from './replies.ts';

corpus('excessive replies', excessiveReplies);
