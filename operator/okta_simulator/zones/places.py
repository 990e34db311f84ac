"""Countries and regions of a zone's locations (ISO 3166)."""

from __future__ import annotations

import re

import msgspec

_COUNTRIES = frozenset(
    """
    AD AE AF AG AI AL AM AO AQ AR AS AT AU AW AX AZ BA BB BD BE BF BG BH BI BJ BL BM BN BO BQ BR BS BT BV BW BY BZ
    CA CC CD CF CG CH CI CK CL CM CN CO CR CU CV CW CX CY CZ DE DJ DK DM DO DZ EC EE EG EH ER ES ET FI FJ FK FM FO FR
    GA GB GD GE GF GG GH GI GL GM GN GP GQ GR GS GT GU GW GY HK HM HN HR HT HU ID IE IL IM IN IO IQ IR IS IT JE JM JO
    JP KE KG KH KI KM KN KP KR KW KY KZ LA LB LC LI LK LR LS LT LU LV LY MA MC MD ME MF MG MH MK ML MM MN MO MP MQ MR
    MS MT MU MV MW MX MY MZ NA NC NE NF NG NI NL NO NP NR NU NZ OM PA PE PF PG PH PK PL PM PN PR PS PT PW PY QA RE RO
    RS RU RW SA SB SC SD SE SG SH SI SJ SK SL SM SN SO SR SS ST SV SX SY SZ TC TD TF TG TH TJ TK TL TM TN TO TR TT TV
    TW TZ UA UG UM US UY UZ VA VC VE VG VI VN VU WF WS XK YE YT ZA ZM ZW
    """.split()  # noqa: SIM905 -- a table is read more easily than 250 strings
)  # ISO 3166-1 alpha-2, and XK, which is assigned to Kosovo by use
_REGION = re.compile(r"([A-Z]{2})-[A-Z0-9]{1,3}")


class Location(msgspec.Struct, frozen=True, omit_defaults=True):
    """A country (`US`), or one region of it (`US-CA`), which is left out of the JSON where there is none."""

    country: str
    region: str | None = None


def complaint(location: Location) -> str | None:
    """What is wrong with a location; continents, such as `EU`, are no countries."""
    if location.country not in _COUNTRIES:
        return f"{location.country} is not an ISO 3166-1 country code."
    if not location.region:
        return None
    region = _REGION.fullmatch(location.region)
    if region is None or region[1] != location.country:
        return f"{location.region} is not an ISO 3166-2 region code of {location.country}."
    return None
