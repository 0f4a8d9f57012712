import { configureGlobal } from 'fast-check';

// The same properties are tried each time, so that a run that fails can be repeated; CONFORMANCE_SEED tries others.
configureGlobal({ seed: Number(process.env['CONFORMANCE_SEED'] ?? 2024) });
