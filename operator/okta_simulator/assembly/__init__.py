"""How the services of an organisation are put together, area by area."""
