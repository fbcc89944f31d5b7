"""What is unusual among public contracts: one file per rule, each finding with its figures and its reason."""
