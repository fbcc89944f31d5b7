"""What a turn decides about a customer's words: the house rules, and what each of them says and changes."""
