"""A faithful Okta organisation for tests, demos and pipelines: no Okta needed."""
