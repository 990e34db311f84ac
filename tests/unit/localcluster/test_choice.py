"""A machine gets the cluster that it can hold, or a sentence that says why there is none."""

import pytest

from localcluster import choice, given, sandbox
from localcluster.choice import NoClusterError


def test_where_none_is_to_be_had_the_sentence_says_why_and_what_to_do(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sandbox, "obstacle", lambda: "a node needs root, and you are not")
    monkeypatch.setattr(given, "has_kind", lambda: False)
    monkeypatch.delenv("KUBECONFIG", raising=False)
    sentence = r"a node needs root, and you are not, .* set KUBECONFIG or install kind"
    with pytest.raises(NoClusterError, match=sentence), choice.start(print):
        pass
