// @ts-check
import { appearance } from './appearance.mjs'
import { detector } from './detector.mjs'
import { reading } from './reading.mjs'

/** The models in the order in which they are made. */
export const recipes = [detector, appearance, ...reading]
