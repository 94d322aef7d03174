import { NumberInput, type NumberInputProps } from '@mantine/core'

/** A field for the length, in seconds, that no scene may fall below; whether what was typed can be is the caller's to say. */
export function ShortestSceneInput({
  isRefused,
  ...props
}: Pick<NumberInputProps, 'id' | 'w' | 'value' | 'onChange' | 'onBlur' | 'onKeyDown'> & { isRefused: boolean }) {
  return (
    <NumberInput
      {...props}
      min={0}
      max={600}
      step={0.1}
      decimalScale={2}
      allowNegative={false}
      clampBehavior="none"
      hideControls
      suffix=" s"
      error={isRefused && 'From 0 to 600 s'}
    />
  )
}
