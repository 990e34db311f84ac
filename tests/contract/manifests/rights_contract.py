"""What the rights of every installation keep, whichever namespaces it serves."""

from __future__ import annotations

from contract.manifests.audit import NEVER_ASKED, Request, unused
from localcluster.controlplane import ControlPlane


class RightsContract:
    """To be subclassed where the fixtures `plane` and `requests` tell of an installation and of its operator's life."""

    def test_nothing_is_asked_for_that_is_forbidden(self, requests: tuple[Request, ...]) -> None:
        assert [request for request in requests if request.code == 403] == []

    def test_no_verb_is_allowed_that_is_never_used(self, plane: ControlPlane, requests: tuple[Request, ...]) -> None:
        assert unused(plane, requests) == NEVER_ASKED.keys()
