"""A term in a sentence, touched with the mouse and reached by the keyboard."""

from playwright.sync_api import expect

from tests.browser.conftest import Visit


def test_a_term_in_a_sentence_says_what_it_means(lab: Visit) -> None:
    lab.open("step")
    lab.settle()
    card = lab.page.get_by_role("dialog")
    term = lab.page.get_by_role("link", name="loss", exact=True).first
    term.click()
    expect(card).to_contain_text("How wrong an answer is, as one number")
    expect(card).to_contain_text("pure guessing gives 2.30")
    lab.page.keyboard.press("Escape")
    expect(card).to_have_count(0)
    expect(lab.page).to_have_url(f"{lab.address}/step")
    term.press("Enter")
    expect(card).to_contain_text("How wrong an answer is, as one number")
    lab.settle()
    lab.page.keyboard.press("Escape")
    expect(card).to_have_count(0)
    lab.check()
