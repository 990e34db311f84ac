"""Network zones: which addresses and places policies speak of, and which are shut out."""
