import { brokenReplies } from './broken-replies.ts';
import { corpus } from './corpus.ts';
import { silentReplies } from './replies.ts';

corpus('silent replies', silentReplies);
corpus('broken replies', brokenReplies);
