"""The operator's process: kopf watches, a work queue decides what is looked at next, reconcilers observe and act."""
