"""Message to ranked scripts, with a confidence that can be believed. Pure; plain tuples in and out."""
