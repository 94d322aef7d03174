import type { Box, TextLine } from '../../engine/models/index.ts'
import type { Pixels } from '../pixels.ts'
export class Reader {
  constructor(readonly modelsFolder: string) {}
  async read(_picture: Pixels, _boxes: readonly Box[] | null): Promise<TextLine[][]> {
    return []
  }
}
