import { Button } from '@mantine/core'
import {
  IconObjectScan,
  IconPlus,
  IconSubtask,
  IconTextScan2,
  IconVectorTriangle,
  type TablerIcon,
} from '@tabler/icons-react'
import { composeFor } from '../composer/draft.ts'
import classes from './EmptyTasks.module.css'

const LESSONS: readonly { icon: TablerIcon; name: string; text: string }[] = [
  {
    icon: IconObjectScan,
    name: 'Find and follow',
    text: 'People, cars and 78 more kinds of things, each with a number that stays its own.',
  },
  {
    icon: IconTextScan2,
    name: 'Read',
    text: 'Text in the picture, or only on what was found: plates, signs, screens.',
  },
  {
    icon: IconVectorTriangle,
    name: 'Tell apart',
    text: 'What each thing looks like, as numbers that can be compared.',
  },
]

/** What belongs here, how to bring it, what happens then. */
export function EmptyTasks() {
  return (
    <div className={classes.empty}>
      <IconSubtask size={28} stroke={1.5} aria-hidden />
      <h2>See what is in a video, frame by frame</h2>
      <p>
        A task looks at the frames you choose and tells what it sees while it runs. All of it happens on this computer.
      </p>
      <Button leftSection={<IconPlus size={16} stroke={1.75} />} onClick={() => composeFor()}>
        New task
      </Button>
      <span className={classes.key}>
        or press <kbd>N</kbd>
      </span>
      <ul className={classes.lessons}>
        {LESSONS.map(({ icon: Icon, name, text }) => (
          <li key={name}>
            <h3>
              <Icon size={16} stroke={1.75} aria-hidden />
              {name}
            </h3>
            <p>{text}</p>
          </li>
        ))}
      </ul>
    </div>
  )
}
