export const TASKS_PATH = '/tasks'
export const NEW_TASK_PATH = '/tasks/new'

/** The page of one task. */
export function taskPath(taskId: string): string {
  return `${TASKS_PATH}/${taskId}`
}
