"""A faithful Okta organisation for tests, demos and pipelines: no Okta needed.

`docs/simulator.md` says which modules tests may import. Nothing is imported here, so that pytest can load the fixtures
without waiting for a web server.
"""
