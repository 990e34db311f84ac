"""Certificates say who their holder is, and nothing more."""

import stat
from pathlib import Path

from cryptography import x509
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

from localcluster.pki import Authority, KeyPair


def certificate(pair: KeyPair) -> x509.Certificate:
    return x509.load_pem_x509_certificate(pair.certificate)


def usages(pair: KeyPair) -> list[x509.ObjectIdentifier]:
    return list(certificate(pair).extensions.get_extension_for_class(x509.ExtendedKeyUsage).value)


def test_groups_become_organisations_as_kubernetes_reads_them() -> None:
    subject = certificate(Authority("ca").issue("jo", groups=["a", "b"])).subject
    organisations = subject.get_attributes_for_oid(NameOID.ORGANIZATION_NAME)
    assert [attribute.value for attribute in organisations] == ["a", "b"]


def test_a_certificate_without_hosts_is_good_for_clients_alone() -> None:
    assert usages(Authority("ca").issue("jo")) == [ExtendedKeyUsageOID.CLIENT_AUTH]


def test_hosts_may_be_addresses_names_and_wildcards() -> None:
    issued = certificate(Authority("ca").issue("web", hosts=["10.0.0.1", "*.hooks.test"]))
    names = issued.extensions.get_extension_for_class(x509.SubjectAlternativeName).value
    assert [str(name.value) for name in names] == ["10.0.0.1", "*.hooks.test"]


def test_a_certificate_is_signed_by_its_authority() -> None:
    authority = Authority("ca")
    issuer = x509.load_pem_x509_certificate(authority.certificate)
    certificate(authority.issue("jo")).verify_directly_issued_by(issuer)


def test_a_private_key_is_readable_by_its_owner_alone(tmp_path: Path) -> None:
    _, key = Authority("ca").issue("jo").write(tmp_path, "jo")
    assert stat.S_IMODE(key.stat().st_mode) == 0o600
