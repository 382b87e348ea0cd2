"""What a component of the lab reports comes from a browser and may be anything."""

from functools import partial
from typing import Any

import pytest

from pages.ui.components import browser
from pages.ui.elements import widgets
from pages.ui.elements.literal import in_chart, in_markdown


@pytest.fixture
def reported(monkeypatch: pytest.MonkeyPatch) -> list[Any]:
    """What reached the page; `state` is what a component's browser side says."""
    monkeypatch.setattr(widgets.st, "session_state", {})
    return []


STRANGE = [None, "x", -1, 3, 10**30, float("nan"), float("inf"), [], [1], {"a": 1}, 1.5]


@pytest.mark.parametrize("strange", STRANGE)
def test_what_a_component_cannot_have_said_is_dropped(reported: list[Any], strange: object) -> None:
    read = partial(browser.one_of, range(3))
    report = browser.when_reported("grid", "touched", read, reported.append)
    widgets.st.session_state["grid"] = {"touched": strange}
    report()
    widgets.st.session_state["grid"] = {}
    report()
    assert reported == []
    widgets.st.session_state["grid"] = {"touched": 2}
    report()
    assert reported == [2]


def test_a_fault_of_the_page_itself_is_not_hidden(reported: list[Any]) -> None:
    def broken(_: int) -> None:
        raise ValueError("ours")

    report = browser.when_reported("grid", "touched", partial(browser.one_of, range(3)), broken)
    widgets.st.session_state["grid"] = {"touched": 2}
    with pytest.raises(ValueError, match="ours"):
        report()
    assert reported == []


def test_a_report_that_finds_its_component_gone_is_dropped(reported: list[Any]) -> None:
    browser.when_reported("grid", "touched", partial(browser.one_of, range(3)), reported.append)()
    assert reported == []


def test_names_keep_every_letter_and_mean_nothing_else() -> None:
    assert in_markdown("a *b* [c](d) $e$ :red[f] `g`") == (
        r"a \*b\* \[c\](d) \$e\$ \:red\[f\] \`g\`"
    )
    assert in_markdown("Run 2, 1e-3") == "Run 2, 1e-3"
    assert in_chart("<a href='x'>b</a> & \"c\"") == ("&lt;a href='x'&gt;b&lt;/a&gt; &amp; \"c\"")
