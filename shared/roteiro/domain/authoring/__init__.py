"""How scripts and packs are written: their schema, faults, lint, tests, changes, and files for import."""
