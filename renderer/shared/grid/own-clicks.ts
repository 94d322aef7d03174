/** Marks what takes clicks for itself: they select nothing. */
export const OWN_CLICKS = 'data-own-clicks'
