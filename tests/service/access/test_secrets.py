"""Secrets, the key, signed cookies and mail addresses."""

from __future__ import annotations

import stat
import threading
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from service.access import secret
from service.access.email import clean_email
from service.settings import ServiceSettings


def test_secrets_differ_and_cannot_be_guessed() -> None:
    """256 bits each; those of programs begin as such."""
    made = {secret.new_secret() for _ in range(100)}
    assert len(made) == 100
    assert min(map(len, made)) >= 43
    assert secret.new_api_token().startswith("hyb_")
    assert secret.digest("a") == "ca978112ca1bbdcafac231b39a23dc4da786eff8147c4e72b9807785afee48bb"


def test_the_key_is_made_once_and_only_its_owner_reads_it(tmp_path: Path) -> None:
    """Also when several processes start at once."""
    settings = ServiceSettings(data=tmp_path / "data")
    start, keys = threading.Barrier(8), set()

    def make() -> None:
        start.wait()
        keys.add(secret.service_key(settings))

    threads = [threading.Thread(target=make) for _ in range(8)]
    for each in threads:
        each.start()
    for each in threads:
        each.join()
    (key,) = keys
    assert len(key) == 32
    (file,) = settings.data.iterdir()
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    given_one = ServiceSettings(data=tmp_path / "none", key="geheim")
    assert secret.service_key(given_one) not in (key, b"geheim")
    assert not (tmp_path / "none").exists()


@given(
    facts=st.dictionaries(st.text(max_size=5).filter(lambda name: name != "until"), st.text(max_size=5), max_size=3),
    where=st.floats(0, 1, exclude_max=True),
    other=st.sampled_from("Aa0-_.é"),
)
def test_what_is_signed_cannot_be_changed(facts: dict[str, str], where: float, other: str) -> None:
    """It comes back as it was; with one letter changed, or another key, not at all."""
    kept = secret.signed(b"key", facts, 60)
    assert secret.unsigned(b"key", kept) == facts
    assert secret.unsigned(b"other", kept) is None
    at = int(where * len(kept))
    changed = kept[:at] + other + kept[at + 1 :]
    if secret._bytes_of(changed) != secret._bytes_of(kept):
        assert secret.unsigned(b"key", changed) is None


@given(st.text())
def test_what_is_not_signed_is_nothing(value: str) -> None:
    """Whatever a browser sends."""
    assert secret.unsigned(b"key", value) is None


def test_what_is_signed_holds_only_so_long() -> None:
    """No longer than it was signed for."""
    assert secret.unsigned(b"key", secret.signed(b"key", {"a": 1}, -1)) is None


@pytest.mark.parametrize(
    ("given", "clean"),
    [
        ("Jan@School.EXAMPLE", "jan@school.example"),
        (" a.b+c@x.nl ", "a.b+c@x.nl"),
        ("info@Müller.example", "info@xn--mller-kva.example"),
        ("info@straße.example", "info@xn--strae-oqa.example"),
        ("a@b.c.d.example", "a@b.c.d.example"),
    ],
)
def test_one_spelling_of_each_address(given: str, clean: str) -> None:
    """Lower case, and the domain as the network writes it."""
    assert clean_email(given) == clean


@pytest.mark.parametrize(
    "given",
    [
        "",
        "a",
        "@x.nl",
        "a@",
        "a@localhost",
        "a@127.0.0.1",
        "a@[127.0.0.1]",
        "a b@x.nl",
        "a@x..nl",
        ".a@x.nl",
        "a.@x.nl",
        "a..b@x.nl",
        "a@b@x.nl",
        '"a"@x.nl',
        "a@x.nl\r\nBcc: b@x.nl",
        "a@x.nl,b@x.nl",
        "é@x.nl",
        "a@-x.nl",
        "a@x_y.nl",
        "a" * 65 + "@x.nl",
        "a@" + "x" * 64 + ".nl",
        "a@" + ("x" * 60 + ".") * 5 + "nl",
    ],
)
def test_what_is_no_address(given: str) -> None:
    """Nothing that could be two addresses, a header, or a machine."""
    with pytest.raises(ValueError, match="not a mail"):
        clean_email(given)


@given(st.text())
def test_addresses_stay_as_they_are_cleaned(given: str) -> None:
    """Cleaning what was cleaned changes nothing; what is no address is said so, and breaks nothing."""
    try:
        clean = clean_email(given + "@school.example")
    except ValueError:
        return
    assert clean_email(clean) == clean
