"""Public contracts as the product keeps them, and how they are read from what the government publishes."""
