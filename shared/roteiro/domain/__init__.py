"""What Roteiro knows about conversations and scripts: pure, no file, network, clock or environment."""
