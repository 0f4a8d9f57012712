import { corpus } from './corpus.ts';
import { replies } from './replies.ts';

corpus('replies', replies);
