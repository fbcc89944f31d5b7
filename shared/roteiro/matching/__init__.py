"""Message to ranked scripts, with a confidence that can be believed. Pure: no file, network, clock or thread; plain tuples."""
