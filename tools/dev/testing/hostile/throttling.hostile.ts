import { corpus } from './corpus.ts';
import { throttling } from './throttling.ts';

corpus('throttling', throttling);
