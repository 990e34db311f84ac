"""A build gets the machine's pip configuration, without what makes sense on the machine alone."""

from localcluster.images import pipconf

LISTED = """\
:env:.index-url='https://packages.example.invalid/env'
:env:.find-links='/opt/wheels'
global.index-url='https://packages.example.invalid/file'
global.extra-index-url='https://a.example.invalid\\nhttps://b.example.invalid'
global.timeout='60'
download.timeout='1'
install.timeout='90'
"""


def test_the_environment_is_stronger_than_files() -> None:
    assert pipconf.parse(LISTED)["index-url"] == "https://packages.example.invalid/env"


def test_the_section_for_installing_is_stronger_than_the_global_one() -> None:
    assert pipconf.parse(LISTED)["timeout"] == "90"


def test_folders_of_the_machine_are_left_out() -> None:
    assert "find-links" not in pipconf.parse(LISTED)


def test_lists_keep_one_value_a_line() -> None:
    rendered = pipconf.render(pipconf.parse(LISTED))
    assert "extra-index-url = https://a.example.invalid\n\thttps://b.example.invalid" in rendered


def test_a_percent_sign_in_a_password_is_not_interpreted() -> None:
    assert "%40" in pipconf.render({"index-url": "https://me:a%40b@packages.example.invalid"})
