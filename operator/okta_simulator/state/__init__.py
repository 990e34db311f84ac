"""What an organisation remembers: in memory and, by choice, in files from one life to the next."""
