"""The HTTP edge: bodies in, answers out, who is calling, and nothing else."""
