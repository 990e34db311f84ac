"""What all tests share."""

pytest_plugins = ["localcluster.pytest_plugin"]
