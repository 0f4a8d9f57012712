import { conformance } from 'call-mute-conformance/vitest';

conformance();
