"""What lint looks for, a file per subject; `linting` joins them."""
