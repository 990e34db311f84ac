"""Who is in the organisation: people, groups, administrators, and where each person is signed in."""
