"""`okta-simulator serve`: starting, ending, and what it says about bad input."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest
import trustme

from okta_simulator.control.client import BlockingControlClient, ControlError
from okta_simulator.control.requests import clock, options, traffic, truth
from okta_simulator.tls import client_context

SECONDS = 30

FILES_STAY_SMALL = """
import resource, signal
from okta_simulator.cli import main
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
resource.setrlimit(resource.RLIMIT_FSIZE, (100_000, 100_000))
main(prog_name="okta-simulator")
"""  # as on a full disk


@dataclass(frozen=True)
class Started:
    """A process that serves, and the lines with which it began."""

    process: subprocess.Popen[str]
    lines: list[str]

    @property
    def url(self) -> str:
        return next(line.split()[-1] for line in self.lines if "control API" in line).removesuffix("/simulator/v1")

    def word_after(self, beginning: str) -> str:
        return next(line.split()[-1] for line in self.lines if line.strip().startswith(beginning))

    def end(self, number: signal.Signals = signal.SIGTERM) -> int:
        self.process.send_signal(number)
        return self.process.wait(SECONDS)


def command(*arguments: str) -> list[str]:
    return [sys.executable, "-m", "okta_simulator", *arguments]


@contextmanager
def serving(*arguments: str, **environment: str) -> Iterator[Started]:
    """`okta-simulator serve` on a free port, ended in the end."""
    with subprocess.Popen(
        command("serve", "--port", "0", *arguments),
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        env={**os.environ, **environment},
    ) as process:
        try:
            lines: list[str] = []
            for line in process.stdout or ():
                lines.append(line.rstrip())
                if "Ctrl-C" in line:
                    break
            yield Started(process, lines)
        finally:
            process.kill()


def refused(*arguments: str, **environment: str) -> str:
    """What `okta-simulator serve` says when it ends with exit code 2."""
    ended = subprocess.run(
        command("serve", "--port", "0", *arguments),
        capture_output=True,
        text=True,
        timeout=SECONDS,
        check=False,
        env={**os.environ, **environment},
    )
    assert ended.returncode == 2, ended.stderr
    assert "Traceback" not in ended.stderr
    assert ended.stdout == ""
    return ended.stderr


class TestStarting:
    def test_it_says_where_it_is_and_how_to_get_in(self) -> None:
        with serving() as started:
            assert started.lines[0] == f"An Okta organisation answers at {started.url}"
            assert started.word_after("API token").startswith("00")
            assert BlockingControlClient(started.url)(clock()).speed == 1

    def test_a_token_from_the_environment_is_not_printed(self) -> None:
        with serving(OKTA_SIMULATOR_API_TOKEN="00secret") as started:
            assert "00secret" not in "\n".join(started.lines)

    def test_a_token_from_a_file_is_not_printed(self, tmp_path: Path) -> None:
        (tmp_path / "token").write_text("00secret\n")
        with serving("--api-token-file", str(tmp_path / "token")) as started:
            assert "00secret" not in "\n".join(started.lines)

    def test_beyond_this_machine_the_control_api_gets_a_token(self) -> None:
        with serving("--host", "0.0.0.0") as started:  # noqa: S104 -- what is tested
            with pytest.raises(ControlError, match="needs its own token"):
                BlockingControlClient(started.url)(clock())
            assert BlockingControlClient(started.url, started.word_after("control token"))(clock()).speed == 1

    def test_the_public_url_is_the_one_that_is_told(self) -> None:
        with serving("--public-url", "https://tenant.example.com") as started:
            assert started.lines[0].endswith("https://tenant.example.com")
            assert started.word_after("it listens at") == started.url

    def test_speed_rate_and_options_reach_the_organisation(self, tmp_path: Path) -> None:
        file = tmp_path / "options.toml"
        file.write_text('[limits]\nactiveHooks = 3\n[delivery]\nbatchingWindow = "PT1S"\n')
        with serving(
            "--speed", "0", "--rate", "5", "--options", str(file), "--resolve", "a.example.com=10.0.0.5"
        ) as one:
            control = BlockingControlClient(one.url)
            assert control(clock()).speed == 0
            assert control(traffic()).events_per_second == 5
            assert control(options()).limits.active_hooks == 3
            assert control(options()).endpoints.resolve == {"a.example.com": "10.0.0.5"}

    def test_it_answers_over_tls(self, tmp_path: Path) -> None:
        authority = trustme.CA()
        authority.cert_pem.write_to_path(tmp_path / "ca.pem")
        both = tmp_path / "both.pem"
        authority.issue_cert("127.0.0.1").private_key_and_cert_chain_pem.write_to_path(both)
        with serving("--tls-cert", str(both), "--tls-key", str(both)) as started:
            assert started.url.startswith("https://")
            trust = client_context(tmp_path / "ca.pem")
            assert BlockingControlClient(started.url, trust=trust)(clock()).speed == 1

    def test_a_state_file_outlives_the_process(self, tmp_path: Path) -> None:
        state = ("--state", str(tmp_path / "state"))
        with serving(*state) as first:
            token = first.word_after("API token")
            assert first.end() == 0
        with serving(*state, OKTA_SIMULATOR_API_TOKEN=token) as second:
            assert BlockingControlClient(second.url)(truth()).emitted == 0, "the token is known from the first life"

    def test_a_state_file_survives_a_killing(self, tmp_path: Path) -> None:
        state = ("--state", str(tmp_path / "state"))
        with serving(*state, "--rate", "2000") as first:
            first.end(signal.SIGKILL)
        with serving(*state) as second:
            assert BlockingControlClient(second.url)(clock()).speed == 1


class TestEnding:
    @pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
    def test_a_signal_ends_it_in_peace(self, number: signal.Signals) -> None:
        with serving("--rate", "100") as started:
            assert started.end(number) == 0
            assert started.process.stdout is not None
            assert "Traceback" not in started.process.stdout.read()

    def test_a_state_that_cannot_be_kept_any_more_ends_it_with_a_sentence(self, tmp_path: Path) -> None:
        ended = subprocess.run(
            [
                sys.executable,
                "-c",
                FILES_STAY_SMALL,
                "serve",
                "--port=0",
                "--rate=2000",
                f"--state={tmp_path / 'state'}",
            ],
            capture_output=True,
            text=True,
            timeout=SECONDS,
            check=False,
        )
        assert ended.returncode == 2, ended.stderr
        assert "state.log cannot be written any more" in ended.stderr
        assert "Traceback" not in ended.stderr


class TestBadInput:
    def test_a_port_in_use_is_named(self) -> None:
        with closing(socket.create_server(("127.0.0.1", 0))) as taken:
            port = str(taken.getsockname()[1])
            assert f"port {port} (Address already in use): choose another port" in refused("--port", port)

    def test_a_certificate_that_cannot_be_read_is_named(self) -> None:
        assert "/no/cert.pem" in refused("--tls-cert", "/no/cert.pem", "--tls-key", "/no/key.pem")

    def test_a_certificate_without_its_key_is_refused(self) -> None:
        assert "go together" in refused("--tls-cert", "/no/cert.pem")

    def test_authorities_that_cannot_be_read_are_named(self) -> None:
        assert "/no/ca.pem" in refused("--trust-ca", "/no/ca.pem")

    @pytest.mark.parametrize(
        ("name", "text", "complaint"),
        [
            ("options.toml", "limits = ", "cannot be used"),
            ("options.toml", "[limits]\nactivehooks = 3", "unknown field `activehooks` - at `$.limits`"),
            ("options.json", '{"limits": {"activeHooks": "many"}}', "Expected `int`, got `str`"),
            ("options.json", "\xff", "cannot be used"),
            ("options.toml", '[delivery]\nbatchingWindow = "P3000000D"', "from P0D to P36500D - at `$.delivery`"),
            ("options.toml", '[log]\nretention = "-P1D"', "`retention` must be a duration from P0D"),
            ("options.toml", "[rateLimits]\ncredentialShare = nan", "at `$.rateLimits.credentialShare`"),
            ("options.toml", "[rateLimits]\nwarningAt = inf", "at `$.rateLimits.warningAt`"),
            ("options.toml", "[eventHooks]\nverifySeconds = inf", "at `$.eventHooks.verifySeconds`"),
            ("options.yaml", "", "neither .toml nor .json"),
        ],
    )
    def test_options_that_are_none_are_named(self, tmp_path: Path, name: str, text: str, complaint: str) -> None:
        (tmp_path / name).write_bytes(text.encode("latin-1"))
        said = refused("--options", str(tmp_path / name))
        assert name in said
        assert complaint in said

    def test_a_broken_state_file_is_named(self, tmp_path: Path) -> None:
        (tmp_path / "state").write_text("nonsense\n{}\n")
        assert "line 1, is not a change of an organisation" in refused("--state", str(tmp_path / "state"))

    def test_a_state_file_of_a_running_organisation_is_refused(self, tmp_path: Path) -> None:
        with serving("--state", str(tmp_path / "state")):
            assert "in use by another organisation" in refused("--state", str(tmp_path / "state"))

    def test_an_empty_token_file_is_named(self, tmp_path: Path) -> None:
        (tmp_path / "token").touch()
        assert "is empty" in refused("--api-token-file", str(tmp_path / "token"))

    @pytest.mark.parametrize(
        ("arguments", "complaint"),
        [
            (("--speed", "-1"), "must be between 0 and 100000"),
            (("--rate", "-1"), "choose one between 0 and 100000"),
            (("--public-url", "tenant"), "is not the URL of an organisation"),
            (("--public-url", "https://[::1"), "is not the URL of an organisation"),
            (("--public-url", "https://tenant:99999"), "is not the URL of an organisation"),
            (("--public-url", "https://tenant#part"), "is not the URL of an organisation"),
            (("--resolve", "name"), "is not of the form NAME=ADDRESS"),
            (("--resolve", "name=nowhere"), "cannot lead name to nowhere"),
            (("--host", "192.0.2.1"), "cannot listen on 192.0.2.1"),
            (("--port", "0", "--port", "0", "--state", "/tmp/x"), "can't share one --state"),
        ],
    )
    def test_what_cannot_be_is_said_in_a_sentence(self, arguments: tuple[str, ...], complaint: str) -> None:
        assert complaint in " ".join(refused(*arguments).split())
