"""What all tests share."""

from hypothesis import settings

pytest_plugins = ["localcluster.pytest_plugin"]

# How long an example takes says something about the machine, nothing about the code.
settings.register_profile("project", deadline=None, print_blob=True)
settings.load_profile("project")
