import { Button, Modal } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { type EngineError, followTaskStream } from '../../../../main/contract/index.ts'
import { engine } from '../../../shared/engine/client.ts'
import { toastDone, toastError } from '../../../shared/ui/toast.tsx'
import { useSession } from '../session.ts'
import classes from './Events.module.css'

/** The bytes of one event, as every client gets them. */
export function EventDetail({ frame, onClose }: { frame: number; onClose: () => void }) {
  const { taskId, record } = useSession()
  const [offset, length] = [record.offsets.at(frame), record.lengths.at(frame)]
  const { data, error } = useQuery<string, EngineError>({
    queryKey: ['event', taskId, offset],
    queryFn: async () => {
      const [decoder, texts] = [new TextDecoder(), [] as string[]]
      const take = (bytes: Uint8Array): void => void texts.push(decoder.decode(bytes, { stream: true }))
      await engine.read(followTaskStream, { taskId, offset, length }, take)
      return texts.join('')
    },
  })
  return (
    <Modal opened onClose={onClose} size={720} title={`Event of frame ${record.frameNumbers.at(frame)}`}>
      <p className={classes.facts}>
        {length.toLocaleString('en-GB')} bytes at byte {offset.toLocaleString('en-GB')}. A client that reconnects with
        Last-Event-ID {offset} receives this event first.
      </p>
      <pre className={classes.json} tabIndex={0} aria-label="Event">
        {error ? error.message : pretty(data ?? '')}
      </pre>
      <Button variant="default" disabled={data === undefined} onClick={() => void copy(data ?? '')}>
        Copy
      </Button>
    </Modal>
  )
}

async function copy(text: string): Promise<void> {
  try {
    await navigator.clipboard.writeText(text)
    toastDone('Copied the event.')
  } catch {
    toastError('The event could not be copied. Select the text and copy it.')
  }
}

function pretty(event: string): string {
  try {
    return JSON.stringify(JSON.parse(event.replace(/^data: ?/, '')), null, 2)
  } catch {
    return event
  }
}
