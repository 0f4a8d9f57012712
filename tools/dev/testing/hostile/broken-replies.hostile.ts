import { brokenReplies } from './broken-replies.ts';
import { corpus } from './corpus.ts';
import { silentReplies } from './replies.ts';

corpus('silent and broken replies', [...silentReplies, ...brokenReplies]);
