"""Slot values out of what people write, pt-BR first: pure parsers, a file per kind of value; `parsing` is the door."""
