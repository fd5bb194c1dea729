"""Whatever term is written is read back as the same term, in all three forms."""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from model.files import read_term, write_term
from model.issues import Severity
from model.term import Term
from tests.strategies_term import whole_terms

FORMS = ("term.json", "term.xlsx", "term")
QUIETLY = settings(
    max_examples=40,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],  # a term has hundreds of draws
)


@pytest.mark.parametrize("form", FORMS)
@QUIETLY
@given(term=whole_terms(), lang=st.sampled_from(["nl", "en"]))
def test_round_trip_is_lossless(form: str, term: Term, lang: str) -> None:
    """Writing and reading any valid term gives an equal term and no error."""
    with TemporaryDirectory() as folder:
        write_term(term, Path(folder) / form, lang)
        loaded = read_term(Path(folder) / form)
    assert [issue for issue in loaded.issues if issue.severity is Severity.ERROR] == []
    assert loaded.term == term
    assert loaded.term.input_hash == term.input_hash
