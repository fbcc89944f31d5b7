"""What attendants see of conversations and do to them."""
