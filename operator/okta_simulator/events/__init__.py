"""What happens in the organisation: people, places and devices, and the events they cause."""
