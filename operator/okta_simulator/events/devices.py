"""What people sign in with."""

from __future__ import annotations

from dataclasses import dataclass

from okta_simulator.json_values import JsonObject


@dataclass(frozen=True)
class Model:
    """A kind of device with its browser, as it shows in requests and in Okta's device inventory."""

    name: str
    form: str
    os: str
    platform: str
    os_version: str
    browser: str
    user_agent: str

    def user_agent_json(self) -> JsonObject:
        """Okta's `userAgent`."""
        return {"rawUserAgent": self.user_agent, "os": self.os, "browser": self.browser}


@dataclass(frozen=True)
class Device:
    """One device of one person."""

    id: str
    model: Model
    fingerprint: str
    is_managed: bool = True

    def as_json(self) -> JsonObject:
        """Okta's `device`."""
        return {
            "id": self.id,
            "name": self.model.name,
            "os_platform": self.model.platform,
            "os_version": self.model.os_version,
            "managed": self.is_managed,
            "registered": True,
            "device_integrator": None,
            "disk_encryption_type": "ALL_INTERNAL_VOLUMES" if self.model.form == "Computer" else "FULL",
            "screen_lock_type": "BIOMETRIC",
            "jailbreak": None,
            "secure_hardware_present": True,
        }


_WEBKIT = "AppleWebKit/537.36 (KHTML, like Gecko)"
COMPUTERS = (
    Model(
        "Mac15,6",
        "Computer",
        "Mac OS X",
        "OSX",
        "26.1.0",
        "CHROME",
        f"Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) {_WEBKIT} Chrome/142.0.0.0 Safari/537.36",
    ),
    Model(
        "Mac14,2",
        "Computer",
        "Mac OS X",
        "OSX",
        "15.7.2",
        "SAFARI",
        "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.6 "
        "Safari/605.1.15",
    ),
    Model(
        "Latitude 7450",
        "Computer",
        "Windows 10",
        "WINDOWS",
        "10.0.26100",
        "EDGE",
        f"Mozilla/5.0 (Windows NT 10.0; Win64; x64) {_WEBKIT} Chrome/142.0.0.0 Safari/537.36 Edg/142.0.0.0",
    ),
    Model(
        "ThinkPad X1",
        "Computer",
        "Linux",
        "LINUX",
        "6.17",
        "FIREFOX",
        "Mozilla/5.0 (X11; Linux x86_64; rv:145.0) Gecko/20100101 Firefox/145.0",
    ),
)
PHONES = (
    Model(
        "iPhone17,1",
        "Mobile",
        "iOS (iPhone)",
        "IOS",
        "26.1",
        "SAFARI",
        "Mozilla/5.0 (iPhone; CPU iPhone OS 26_1 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) "
        "Version/26.1 Mobile/15E148 Safari/604.1",
    ),
    Model(
        "Pixel 9",
        "Mobile",
        "Android",
        "ANDROID",
        "16",
        "CHROME",
        f"Mozilla/5.0 (Linux; Android 16; K) {_WEBKIT} Chrome/142.0.0.0 Mobile Safari/537.36",
    ),
)
SCRIPT = Model("Unknown", "Unknown", "Unknown", "UNKNOWN", "0", "UNKNOWN", "python-requests/2.32.5")
"""What an attacker's request looks like."""
