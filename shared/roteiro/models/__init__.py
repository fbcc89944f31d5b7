"""Who may word an answer besides the script: no model at all, or any OpenAI-compatible one."""
