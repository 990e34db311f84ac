"""What goes wrong on purpose, in answers of the management API and in deliveries to hooks."""
