"""The people that an organisation begins with: a small company in six cities."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from okta_simulator.clock import Clock
from okta_simulator.directory.directory import Directory
from okta_simulator.directory.group import Group, GroupType
from okta_simulator.directory.role import RoleAssignment, RoleType
from okta_simulator.directory.user import Profile, User, UserStatus
from okta_simulator.ids import Ids

_DOMAIN = "example.com"
_AGE = timedelta(days=700)  # the company's, when the organisation begins


@dataclass(frozen=True)
class _Office:
    city: str
    state: str
    country_code: str
    timezone: str
    dialling_code: str


_OFFICES: Mapping[str, _Office] = {
    "SF": _Office("San Francisco", "California", "US", "America/Los_Angeles", "+1415555"),
    "NY": _Office("New York", "New York", "US", "America/New_York", "+1212555"),
    "LDN": _Office("London", "England", "GB", "Europe/London", "+4420794"),
    "BER": _Office("Berlin", "Berlin", "DE", "Europe/Berlin", "+4930236"),
    "BLR": _Office("Bengaluru", "Karnataka", "IN", "Asia/Kolkata", "+9180455"),
    "SAO": _Office("São Paulo", "São Paulo", "BR", "America/Sao_Paulo", "+5511935"),
}

# name, title, office; the department's first is its head
_PEOPLE: Mapping[str, Sequence[tuple[str, str, str]]] = {
    "Executive": (
        ("Amara Okafor", "Chief Executive Officer", "SF"),
        ("Henrik Lund", "Chief Financial Officer", "NY"),
        ("Priya Raman", "Chief Technology Officer", "SF"),
    ),
    "IT": (
        ("Sofia Lindgren", "Head of IT", "BER"),
        ("Daniel Osei", "Identity Engineer", "LDN"),
        ("Mei Tanaka", "Systems Administrator", "SF"),
        ("Lucas Moreira", "Support Engineer", "SAO"),
        ("Farah Siddiqui", "Support Engineer", "BLR"),
    ),
    "Security": (
        ("Jonas Weber", "Head of Security", "BER"),
        ("Ines Carvalho", "Security Analyst", "SAO"),
        ("Tom Abernathy", "Security Engineer", "NY"),
        ("Kavya Menon", "Security Analyst", "BLR"),
    ),
    "Engineering": (
        ("Nadia Petrova", "Vice President Engineering", "SF"),
        ("Omar Haddad", "Staff Engineer", "LDN"),
        ("Grace Kim", "Software Engineer", "SF"),
        ("Arjun Nair", "Software Engineer", "BLR"),
        ("Lena Fischer", "Software Engineer", "BER"),
        ("Mateus Rocha", "Software Engineer", "SAO"),
        ("Chloe Martin", "Software Engineer", "LDN"),
        ("Ravi Shetty", "Site Reliability Engineer", "BLR"),
        ("Hanna Vogel", "Site Reliability Engineer", "BER"),
        ("Ethan Cole", "Release Engineer", "SF"),
        ("Yara Nasser", "Data Engineer", "LDN"),
        ("Diego Fuentes", "Data Engineer", "NY"),
    ),
    "Sales": (
        ("Rachel Stone", "Head of Sales", "NY"),
        ("Marcus Bell", "Account Executive", "NY"),
        ("Beatriz Lima", "Account Executive", "SAO"),
        ("Oliver Grant", "Account Executive", "LDN"),
        ("Anika Sharma", "Account Executive", "BLR"),
        ("Felix Brandt", "Sales Engineer", "BER"),
    ),
    "Finance": (
        ("Claire Dubois", "Controller", "LDN"),
        ("Samuel Adeyemi", "Accountant", "LDN"),
        ("Jia Chen", "Payroll Specialist", "SF"),
    ),
    "People": (
        ("Maya Goldberg", "Head of People", "NY"),
        ("Stefan Krause", "Recruiter", "BER"),
        ("Divya Pillai", "People Partner", "BLR"),
    ),
    "Contractors": (
        ("Noah Whitfield", "Designer", "NY"),
        ("Camila Torres", "Translator", "SAO"),
        ("Viktor Hansen", "Auditor", "BER"),
        ("Zoe Campbell", "Writer", "LDN"),
    ),
}

_UNUSUAL: Mapping[str, UserStatus] = {
    "ethan.cole": "LOCKED_OUT",
    "diego.fuentes": "PASSWORD_EXPIRED",
    "anika.sharma": "RECOVERY",
    "divya.pillai": "PROVISIONED",
    "camila.torres": "STAGED",
    "viktor.hansen": "SUSPENDED",
    "zoe.campbell": "DEPROVISIONED",
}
_ROLES: Mapping[str, RoleType] = {
    "sofia.lindgren": "SUPER_ADMIN",
    "daniel.osei": "SUPER_ADMIN",
    "mei.tanaka": "ORG_ADMIN",
    "jonas.weber": "READ_ONLY_ADMIN",
    "tom.abernathy": "API_ACCESS_MANAGEMENT_ADMIN",
    "stefan.krause": "USER_ADMIN",
}
_HELP_DESK = ("lucas.moreira", "farah.siddiqui")
_ON_CALL = ("ravi.shetty", "hanna.vogel", "tom.abernathy", "kavya.menon")


def found(directory: Directory, ids: Ids, clock: Clock) -> None:
    """Fill an empty directory."""
    _Founding(directory, ids, clock.now() - _AGE).run()


class _Founding:
    def __init__(self, directory: Directory, ids: Ids, begin: datetime) -> None:
        self._directory = directory
        self._ids = ids
        self._begin = begin
        self._type_id = ids.new("oty")

    def run(self) -> None:
        departments = {
            department: [self._hire(number, person, department) for number, person in enumerate(people)]
            for department, people in _PEOPLE.items()
        }
        everybody = [user for users in departments.values() for user in users]
        by_name = {user.profile.login.partition("@")[0]: user for user in everybody}
        self._group("Everyone", "All users in your organization", everybody, "BUILT_IN")
        for department, users in departments.items():
            self._group(department, f"Everybody in {department}", users)
        self._group("On call", "Who is woken at night", [by_name[name] for name in _ON_CALL])
        help_desk = self._group("Help desk", "First line of support", [by_name[name] for name in _HELP_DESK])
        self._assign("HELP_DESK_ADMIN", help_desk)
        for name, role in _ROLES.items():
            self._assign(role, by_name[name])

    def _hire(self, number: int, person: tuple[str, str, str], department: str) -> User:
        name, title, office = person
        profile = _profile(name, title, department, _OFFICES[office])
        status = _UNUSUAL.get(profile.login.partition("@")[0], "ACTIVE")
        came = self._begin + timedelta(days=13 * number)
        started = None if status == "STAGED" else came + timedelta(days=1)
        has_password = status not in ("STAGED", "PROVISIONED")
        user = User(
            id=self._ids.new("00u"),
            type_id=self._type_id,
            status=status,
            profile=profile,
            created=came,
            last_updated=started or came,
            activated=started,
            status_changed=started,
            password_changed=started if has_password else None,
            factors=("push", "token:software:totp") if has_password else (),
        )
        self._directory.put_user(user)
        return user

    def _group(self, name: str, description: str, users: Sequence[User], kind: GroupType = "OKTA_GROUP") -> Group:
        group = Group(
            id=self._ids.new("00g"),
            type=kind,
            name=name,
            description=description,
            created=self._begin,
            last_updated=self._begin,
            last_membership_updated=max(user.created for user in users),
            members=tuple(user.id for user in users if user.status != "DEPROVISIONED"),
        )
        self._directory.put_group(group)
        return group

    def _assign(self, role: RoleType, assignee: User | Group) -> None:
        to_user = isinstance(assignee, User)
        self._directory.put_role(
            RoleAssignment(
                id=self._ids.new("ra1" if to_user else "grt"),
                type=role,
                assignee=assignee.id,
                assignment="USER" if to_user else "GROUP",
                created=assignee.created,
            )
        )


def _profile(name: str, title: str, department: str, office: _Office) -> Profile:
    first, last = name.split()
    login = f"{first}.{last}@{_DOMAIN}".lower()
    return Profile(
        first_name=first,
        last_name=last,
        login=login,
        email=login,
        mobile_phone=f"{office.dialling_code}{sum(name.encode()) % 10_000:04}",
        title=title,
        department=department,
        city=office.city,
        state=office.state,
        country_code=office.country_code,
        timezone=office.timezone,
    )
