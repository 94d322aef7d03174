import { serveWorker } from '../../platform/processes/index.ts'
import { findBoundaries, type BoundarySearch, type FoundBoundaries } from './boundaries.ts'

// Entry of the thread that judges frames, so that the main thread stays free for the window.
serveWorker<BoundarySearch, FoundBoundaries, number>(findBoundaries)
