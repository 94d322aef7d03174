export { serveWorker, type ServedCall } from './serve.ts'
export { startWorker, type WorkerCall, type WorkerClient } from './worker.ts'
