/** Where the window's own page comes from. A scheme of its own, because file:// pages may read other files. */
export const PAGE_SCHEME = 'app'
export const PAGE_ORIGIN = `${PAGE_SCHEME}://fieldreel`

/** Where the window's pictures and videos come from: `media://fieldreel/<path of the API object>`. */
export const MEDIA_SCHEME = 'media'
