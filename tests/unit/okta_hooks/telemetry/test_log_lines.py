"""Log lines, and what they never carry."""

from __future__ import annotations

import io
import json
import logging

import pytest

from okta_hooks.telemetry.log_lines import JsonLine
from okta_hooks.telemetry.redaction import HIDDEN, Redaction


class Log:
    """A logger, and the lines it wrote."""

    def __init__(self) -> None:
        self.redaction = Redaction()
        self._stream = io.StringIO()
        handler = logging.StreamHandler(self._stream)
        handler.setFormatter(JsonLine(self.redaction))
        self.logger = logging.Logger("a.logger")  # noqa: LOG001 -- one that no other test knows
        self.logger.addHandler(handler)

    @property
    def text(self) -> str:
        return self._stream.getvalue()

    @property
    def lines(self) -> list[dict[str, object]]:
        return [json.loads(line) for line in self.text.splitlines()]


@pytest.fixture
def log() -> Log:
    return Log()


def test_a_line_is_one_json_object_with_what_was_given(log: Log) -> None:
    log.logger.warning("kept %d\nevents", 2, extra={"hook": "who1", "seconds": 0.5})
    (line,) = log.lines
    assert str(line.pop("time")).endswith("+00:00")
    assert line == {
        "level": "warning",
        "logger": "a.logger",
        "message": "kept 2\nevents",
        "hook": "who1",
        "seconds": 0.5,
    }


def failing(sentence: str) -> None:
    raise ValueError(sentence)


def test_an_exception_stays_in_its_line(log: Log) -> None:
    try:
        failing("a defect")
    except ValueError:
        log.logger.exception("it went wrong")
    (line,) = log.lines
    assert "ValueError: a defect" in str(line["exception"])


def test_a_known_secret_is_nowhere(log: Log) -> None:
    secret = 'quote"d/' + "\u00e4"
    log.redaction.hide([secret])
    try:
        failing(f"{secret} is wrong")
    except ValueError:
        log.logger.exception("got %s", secret, extra={"peer": ["x", {"deep": f"a{secret}b"}], "raw": secret.encode()})
    assert "quote" not in log.text
    assert log.text.count(HIDDEN) == 4


@pytest.mark.parametrize("name", ["authorization", "admin_token", "Cookie", "client_secret", "password"])
def test_what_stands_under_a_telling_name_is_never_shown(log: Log, name: str) -> None:
    log.logger.info("a request", extra={"headers": {name: "anything"}, name: "anything"})
    assert "anything" not in log.text


def test_a_secret_stays_hidden_after_it_was_replaced(log: Log) -> None:
    log.redaction.hide(["the-first"])
    log.redaction.hide(["the-second"])
    log.logger.info("the-first the-second")
    assert log.lines[0]["message"] == f"{HIDDEN} {HIDDEN}"


def test_a_text_that_can_not_be_encoded_is_written_all_the_same(log: Log) -> None:
    log.logger.info("a path \udcff", extra={"peer": "\ud800"})
    assert log.lines[0]["message"] == "a path \\udcff"
