"""Along a script: the next step, the values that its questions collect, corrections, and the words of a step."""
