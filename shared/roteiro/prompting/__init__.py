"""What is said to a language model and what may be believed of its reply: pure text in, pure text out."""
