"""What lets a client in: API tokens of users, and access tokens of service apps with their proofs."""
