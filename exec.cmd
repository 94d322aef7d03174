@rem npm's scripts say `exec` so that a signal to npm reaches the program instead of a shell around it, which would
@rem leave the program running alone. Windows has no such word and no such signals.
@%*
