import { IconSubtask } from '@tabler/icons-react'
import { lazy } from 'react'
import { listTasks } from '../../../main/contract/index.ts'
import { useEngine } from '../../shared/engine/queries.ts'
import { type Feature, shortcutsOf } from '../../shared/registry/feature.ts'
import { composeFor } from './composer/draft.ts'
import { TASK_KEYS } from './page/task-keys.ts'
import { NEW_TASK_PATH, TASKS_PATH } from './paths.ts'

export const pipeline: Feature = {
  routes: [
    { path: TASKS_PATH, Page: lazy(async () => ({ default: (await import('./list/TasksPage.tsx')).TasksPage })) },
    {
      path: NEW_TASK_PATH,
      Page: lazy(async () => ({ default: (await import('./composer/ComposerPage.tsx')).ComposerPage })),
    },
    {
      path: `${TASKS_PATH}/:taskId`,
      slimRail: true,
      Page: lazy(async () => ({ default: (await import('./page/TaskPage.tsx')).TaskPage })),
    },
  ],
  rail: {
    path: TASKS_PATH,
    name: 'Tasks',
    icon: IconSubtask,
    notesWork: true,
    useNote: () => {
      const { data } = useEngine('tasks', listTasks, { status: 'running', limit: 100 })
      return data && data.tasks.length > 0 ? String(data.tasks.length) : undefined
    },
  },
  commands: [
    {
      id: 'task',
      name: 'New task',
      words: 'detect track ocr feature run',
      icon: IconSubtask,
      run: () => composeFor(),
    },
  ],
  videoActions: [
    { id: 'task', name: 'New task', icon: IconSubtask, asks: true, run: ([video]) => composeFor(video?.videoId) },
  ],
  videoPage: async () => ({ BarActions: (await import('./NewTaskButton.tsx')).NewTaskButton }),
  shortcuts: [
    {
      name: 'Tasks',
      shortcuts: [
        { does: 'New task', keys: [['N']] },
        { does: 'Next task, previous task', keys: [['↓'], ['↑']] },
        { does: 'Open the task', keys: [['Enter']] },
        { does: 'Cancel or remove the task', keys: [['Delete']] },
      ],
    },
    { name: 'Task, besides the player’s keys', shortcuts: shortcutsOf(TASK_KEYS) },
  ],
}
