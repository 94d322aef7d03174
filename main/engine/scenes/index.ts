export { detectScenes } from './detection.ts'
export { type FoundScene, mintSceneId, SceneStore } from './store.ts'
