"""Mistakes in a real browser: from a number to its pictures, from a mistake to what misled it."""

import re

from playwright.sync_api import expect

from tests.browser.conftest import NewVisit, Visit


def ask(visit: Visit, section: str) -> None:
    visit.page.get_by_role("radio", name=section, exact=True).click()
    expect(visit.page.get_by_role("radio", name=section, exact=True)).to_be_checked()
    visit.settle()


def test_a_number_of_the_matrix_opens_its_pictures_and_a_picture_opens_on_explore(
    lab: Visit,
) -> None:
    lab.open("mistakes")
    expect(lab.page.get_by_text("pictures in the final exam (test set) correctly")).to_be_visible()
    ask(lab, "What does it mix up?")
    matrix = lab.page.get_by_role("grid", name="What it is")
    cell = matrix.get_by_role("gridcell", name=re.compile("^4 mistaken for 9"))
    count = int(cell.inner_text())
    lab.page.get_by_text("most confused together").click()
    cell.click()  # before the new order is there: it means the classes that were seen
    pictures = lab.page.get_by_role("listbox", name="4 mistaken for 9")
    expect(pictures.get_by_role("option")).to_have_count(count)
    expect(cell).to_have_attribute("aria-selected", "true")
    lab.settle()
    name = pictures.get_by_role("option").first.get_attribute("aria-label") or ""
    pictures.get_by_role("option").first.click()
    number = name.removeprefix("a 4, picture ")
    expect(lab.page.get_by_text(re.compile(f"^Picture {number} of 10,000"))).to_be_visible()


def test_on_a_telephone_a_mistake_is_looked_at_closely(new_visit: NewVisit, server: str) -> None:
    telephone = new_visit(server, width=390, has_touch=True)
    telephone.open("mistakes")
    ask(telephone, "Its mistakes")
    pictures = telephone.page.get_by_role("listbox", name="Its mistakes; pick one")
    second = pictures.get_by_role("option").nth(1)
    name = second.get_attribute("aria-label") or ""
    second.tap()
    true, said = re.findall(r"^(an? \d).* read as (\d)", name)[0]
    heading = telephone.page.get_by_role("heading", name=f"{true.capitalize()}, read as")
    expect(heading).to_be_in_viewport()
    expect(heading).to_contain_text(said)
    main = telephone.page.get_by_test_id("stMain")
    assert main.evaluate("it => it.scrollWidth") <= 390


def test_how_sure_it_is_and_a_second_network(lab: Visit) -> None:
    lab.open("mistakes")
    ask(lab, "Can you trust how sure it is?")
    expect(lab.page.locator(".js-plotly-plot")).to_have_count(2)
    lab.page.get_by_text("Correct its confidence").click()
    expect(lab.page.get_by_text("Its temperature is")).to_be_visible()
    ask(lab, "Two networks")
    expect(lab.page.get_by_text("McNemar's test")).to_be_visible()
    for case in ("Only Two layers is right", "Both are wrong"):
        expect(lab.page.get_by_role("listbox", name=case)).to_be_visible()
