"""OCSF's event: the attributes of all classes that the table names, of which each class has its own."""

from __future__ import annotations

import msgspec

from okta_hooks.formats.ocsf.objects import (
    Actor,
    Api,
    Endpoint,
    Entity,
    Evidence,
    FindingInfo,
    Group,
    Hook,
    HttpRequest,
    Metadata,
    Observable,
    OcsfObject,
    Resource,
    Service,
    Session,
    User,
)


class OcsfEvent(OcsfObject, frozen=True, kw_only=True):
    """An event; what its class requires is there."""

    activity_id: int
    category_uid: int
    class_uid: int
    type_uid: int
    severity_id: int
    time: int
    metadata: Metadata
    activity_name: str | None = None
    message: str | None = None
    severity: str | None = None
    status: str | None = None
    status_id: int | None = None
    status_code: str | None = None
    status_detail: str | None = None
    raw_data: str | None = None
    risk_level: str | None = None
    risk_level_id: int | None = None
    actor: Actor | None = None
    api: Api | None = None
    entity: Entity | None = None
    evidences: tuple[Evidence, ...] = ()
    finding_info: FindingInfo | None = None
    group: Group | None = None
    http_request: HttpRequest | None = None
    is_mfa: bool | None = None
    observables: tuple[Observable, ...] = ()
    privileges: tuple[str, ...] | None = None
    resources: tuple[Resource, ...] = ()
    service: Service | None = None
    session: Session | None = None
    src_endpoint: Endpoint | None = None
    user: User | None = None
    unmapped: dict[str, msgspec.Raw | Hook] | None = None
