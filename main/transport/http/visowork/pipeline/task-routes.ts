import * as contract from '../../../../contract/index.ts'
import { snakeKeys } from '../../fields.ts'
import { route, silentRoute, type Route } from '../../route.ts'
import * as wire from './task-wire.ts'

/** 64 MB as base64, and the request around it. */
const PROCESS_BODY_BYTES = 90 * 1024 * 1024

export const taskRoutes: readonly Route[] = [
  {
    ...route({
      method: 'POST',
      id: 'processVideo',
      path: '/process',
      operation: contract.createTask,
      request: { body: wire.ProcessBody },
      status: 202,
      response: wire.AcceptedBody,
      failures: ['too_large', 'storage_full', 'storage_refused'],
      toInput: ({ body }) => body,
      toWire: ({ taskId, status }, { link }) => ({
        ...{ id: taskId, status, stream_url: wire.streamUrl(taskId) },
        stream_url_signed: link(wire.streamUrl(taskId)),
      }),
    }),
    jsonBytes: PROCESS_BODY_BYTES,
  },
  route({
    method: 'GET',
    id: 'listTasks',
    path: '/tasks',
    operation: contract.listTasks,
    request: { query: wire.ListQuery },
    response: wire.TaskListBody,
    failures: ['malformed'],
    toInput: ({ query }) => query,
    toWire: ({ tasks, ...page }, { link }) => ({
      ...snakeKeys(page),
      data: tasks.map((task) => wire.taskToWire(task, link)),
    }),
  }),
  route({
    method: 'GET',
    id: 'getTask',
    path: '/tasks/:id',
    operation: contract.getTask,
    request: { params: wire.TaskParams, query: wire.TaskQuery },
    response: wire.TaskBody,
    toInput: ({ params }) => ({ taskId: params.id }),
    toWire: (task, { request, link }) => wire.taskToWire(task, link, includes(request.query, 'request')),
  }),
  route({
    method: 'GET',
    id: 'getTaskResults',
    path: '/tasks/:id/results',
    operation: contract.getTaskResults,
    request: { params: wire.TaskParams },
    response: wire.ResultsBody,
    toInput: ({ params }) => ({ taskId: params.id }),
    toWire: (results) => results,
  }),
  route({
    method: 'POST',
    id: 'cancelTask',
    path: '/tasks/:id/cancel',
    operation: contract.cancelTask,
    request: { params: wire.TaskParams },
    status: 202,
    response: wire.TaskBody,
    failures: ['conflict'],
    toInput: ({ params }) => ({ taskId: params.id }),
    toWire: (task, { link }) => wire.taskToWire(task, link),
  }),
  // Ours: the published API keeps tasks for ever.
  silentRoute({
    method: 'DELETE',
    id: 'deleteTask',
    path: '/tasks/:id',
    operation: contract.removeTask,
    request: { params: wire.TaskParams },
    failures: ['conflict'],
    toInput: ({ params }) => ({ taskId: params.id }),
  }),
]

/** PI-52: `request` alone or in a list. */
function includes(query: unknown, part: string): boolean {
  const { include = '' } = wire.TaskQuery.parse(query)
  return include.split(',').includes(part)
}
