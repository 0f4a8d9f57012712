import { corpus } from './corpus.ts';
import { texts } from './texts.ts';

corpus('texts', texts);
