"""Where conversations and scripts are kept: the same verbs on every database."""
