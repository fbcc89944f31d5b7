"""How other systems are told what happened here: signed, and only at addresses that are anybody's to reach."""
