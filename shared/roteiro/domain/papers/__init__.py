"""What is given out as a file: reports and transcripts before they are printed, their names and addresses."""
