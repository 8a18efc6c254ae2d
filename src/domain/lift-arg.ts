/** On a button that asks to let go: all targets of the request; any smaller number is the place of one of them. */
export const ALL_TARGETS = 65_535;
