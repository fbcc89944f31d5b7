"""Packs and their YAML: folders are read by the command line alone, the rows of a file by whoever imports one."""
