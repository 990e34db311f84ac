"""Distributed journals that are accepted or refused."""

from __future__ import annotations

from pydantic import JsonValue

from contract.okta_hooks.api.cases import HOOK, Case, Object

_SERVERS: JsonValue = ["tls://nats-0.example.com:4222", "tls://nats-1.example.com:4222"]
_IN_CLUSTER: JsonValue = ["nats://nats.messaging.svc:4222"]
_IN_CLEAR: JsonValue = ["nats://nats.example.com:4222"]


def _user(name: str) -> JsonValue:
    return {"credentialsSecretRef": {"name": name, "key": "user.creds"}}


def _password(name: str) -> JsonValue:
    return {
        "basic": {
            "usernameSecretRef": {"name": name, "key": "user"},
            "passwordSecretRef": {"name": name, "key": "password"},
        }
    }


def _stream(**parts: JsonValue) -> Object:
    return {"receiver": {"journal": {"jetStream": {"urls": _SERVERS, **parts}}}}


_USERS: Object = {"receiverAuth": _user("adds"), "dispatcherAuth": _user("reads")}
_PASSWORDS: Object = {"receiverAuth": _password("adds"), "dispatcherAuth": _password("reads")}

ACCEPTED = [
    Case("a distributed journal", HOOK, _stream()),
    Case("three receivers", HOOK, {"receiver": {"replicas": 3, "journal": {"jetStream": {"urls": _SERVERS}}}}),
    Case("one receiver that says so", HOOK, {"receiver": {"replicas": 1}}),
    Case(
        "a distributed journal with everything",
        HOOK,
        _stream(
            **_USERS,
            stream="sign-ins",
            caSecretRef={"name": "ca", "key": "ca.crt"},
            replicas=5,
            maxSize="20Gi",
            monitorUrls=["http://nats-0.nats.messaging.svc:8222"],
            volume={"size": "5Gi", "storageClassName": "fast"},
        ),
    ),
    Case("passwords to a Service of the cluster", HOOK, _stream(**_PASSWORDS, urls=_IN_CLUSTER)),
    Case("keys, which are never sent, to a server in clear", HOOK, _stream(**_USERS, urls=_IN_CLEAR)),
]

REFUSED = [
    Case("two receivers of one log", HOOK, {"receiver": {"replicas": 2}}, "choose journal.jetStream"),
    Case("no receiver", HOOK, {"receiver": {"replicas": 0}}, "greater than or equal to 1"),
    Case("a distributed journal without servers", HOOK, _stream(urls=[]), "should have at least 1 items"),
    Case("a server over HTTP", HOOK, _stream(urls=["http://nats:4222"]), "should match"),
    Case(
        "servers of which one is encrypted",
        HOOK,
        _stream(urls=["tls://nats-0.example.com", "nats://nats-1.example.com"]),
        "begin each with tls://, or each with nats://",
    ),
    Case(
        "authorities for what is not encrypted",
        HOOK,
        _stream(urls=_IN_CLUSTER, caSecretRef={"name": "ca", "key": "ca.crt"}),
        "caSecretRef is for encrypted connections",
    ),
    Case("passwords in clear", HOOK, _stream(**_PASSWORDS, urls=_IN_CLEAR), "a password goes in clear to Services"),
    Case("a receiver with a user, and a dispatcher without", HOOK, _stream(receiverAuth=_user("adds")), "give both"),
    Case(
        "a receiver that may do what the dispatcher may",
        HOOK,
        _stream(receiverAuth=_user("reads"), dispatcherAuth=_user("reads")),
        "name another user there, who may only add",
    ),
    Case(
        "a receiver that has the dispatcher's name",
        HOOK,
        _stream(receiverAuth=_password("reads"), dispatcherAuth=_password("reads")),
        "name another user there, who may only add",
    ),
    Case(
        "a user with no way to be known by",
        HOOK,
        _stream(receiverAuth={}, dispatcherAuth=_user("reads")),
        "give exactly one of credentialsSecretRef or basic",
    ),
    Case("a stream's name with a dot", HOOK, _stream(stream="sign.ins"), "should match"),
    Case("two servers to keep it on", HOOK, _stream(replicas=2), "supported values"),
]

_ON_STREAM: Object = Case("a distributed journal", HOOK, _stream()).document()

CHANGES_REFUSED = [
    Case("a log becomes a stream", HOOK, _stream(), "cannot change to or from jetStream"),
    Case("a stream becomes a log", _ON_STREAM, {"receiver": None}, "cannot change to or from jetStream"),
    Case("another stream", _ON_STREAM, _stream(stream="another"), "stream cannot change"),
]
