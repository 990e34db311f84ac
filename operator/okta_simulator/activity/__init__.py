"""What happens in an organisation: events that spread, traffic and stories, people who sign in."""
