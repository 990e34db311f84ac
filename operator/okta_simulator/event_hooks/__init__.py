"""Event hooks: what they are, the checks on them, their verification, and the delivery of events to them."""
