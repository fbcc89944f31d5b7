"""What people ask of Roteiro, one file per actor; adapters come in as arguments."""
