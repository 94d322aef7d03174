import { navigate } from 'wouter/use-hash-location'
import { cancelTask, createTask, removeTask, type Task, type TaskRequest } from '../../../main/contract/index.ts'
import { engine } from '../../shared/engine/client.ts'
import { queryClient } from '../../shared/engine/queries.ts'
import { toastDone, toastError } from '../../shared/ui/toast.tsx'
import { taskPath } from './paths.ts'

export function openTask({ taskId }: Pick<Task, 'taskId'>): void {
  navigate(taskPath(taskId))
}

/** Stops a task. What was read so far stays. */
export async function cancel({ taskId, title }: Task): Promise<void> {
  try {
    await engine.run(cancelTask, { taskId })
    toastDone(`Cancelled the task on “${title}”. Results so far are kept.`)
  } catch (error) {
    toastError(`The task was not cancelled. ${(error as Error).message}`)
  } finally {
    await refresh()
  }
}

/** Queues a request. @returns the task. @throws EngineError as the engine says. */
export async function start(request: TaskRequest): Promise<Task> {
  try {
    return await engine.run(createTask, request)
  } finally {
    await refresh()
  }
}

/** Queues the same once more, and goes there. */
export async function runAgain({ request, title }: Task): Promise<void> {
  try {
    openTask(await start(request))
    toastDone(`Started again on “${title}”.`)
  } catch (error) {
    toastError(`The task was not started. ${(error as Error).message}`)
  }
}

/** Removes a task that is over. There is no way back, so it is asked first. @returns whether it is gone */
export async function remove({ taskId, title }: Task): Promise<boolean> {
  try {
    await engine.run(removeTask, { taskId })
    toastDone(`Removed the task on “${title}”.`)
    return true
  } catch (error) {
    toastError(`The task was not removed. ${(error as Error).message}`)
    return false
  } finally {
    await refresh()
  }
}

async function refresh(): Promise<void> {
  await queryClient.invalidateQueries({ queryKey: ['tasks'] })
}
