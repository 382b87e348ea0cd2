"""Weights in a real browser: choosing, leafing, looking closely, coming back."""

import re

from playwright.sync_api import Locator, expect

from mnist_core.files.storage import load_model
from pages.ui.components.english import with_article
from tests.browser.conftest import NewVisit, Visit, unfold
from tests.browser.test_explore import cursor_over


def close_up(lab: Visit) -> Locator:
    return lab.page.get_by_role("heading", name=re.compile("close up"))


def picture(grid: Locator) -> Locator:
    """What shows the first picture of a grid."""
    return grid.get_by_role("option").first.locator(".picture")


def sheet(grid: Locator) -> str:
    """The image that the cells of a grid are cut out of."""
    return str(picture(grid).evaluate("it => getComputedStyle(it).backgroundImage"))


def test_units_filters_and_what_they_make_of_a_digit(lab: Visit) -> None:
    lab.open("weights")
    expect(close_up(lab)).to_contain_text("Unit")
    expect(lab.page.locator(".js-plotly-plot .bars path")).to_have_count(10)

    lab.page.get_by_test_id("stSelectbox").locator("input").click()
    lab.page.get_by_role("option").filter(has_text="filters").click()
    expect(
        lab.page.get_by_role("heading", name="What each filter has learned to look for")
    ).to_be_visible()
    lab.settle()
    expect(close_up(lab)).to_contain_text("Filter")
    maps = lab.page.get_by_role("listbox", name="What the filters make of")
    before = sheet(maps)
    lab.page.get_by_role("button", name="Another one").click()
    expect(picture(maps)).not_to_have_css("background-image", before)
    maps.get_by_role("option", name="filter 7", exact=True).click()
    expect(close_up(lab)).to_have_text("Filter 7, close up")
    units = lab.page.get_by_role("listbox", name="has learned to look for")
    expect(units.get_by_role("option", selected=True)).to_have_attribute("aria-label", "filter 7")
    for picture_file in lab.page.get_by_test_id("stMain").locator("img").all():
        assert picture_file.evaluate("it => it.decode().then(() => it.naturalWidth)") > 0

    hold_while_new_pictures_come(lab, maps, "filter 9")
    expect(close_up(lab)).to_have_text("Filter 9, close up")


def hold_while_new_pictures_come(lab: Visit, grid: Locator, name: str) -> None:
    """Press a picture, and let go of it when others have come."""
    pressed = grid.get_by_role("option", name=name, exact=True)
    pressed.scroll_into_view_if_needed()
    lab.settle()
    before, box = sheet(grid), pressed.bounding_box()
    assert box
    lab.page.mouse.move(box["x"] + 10, box["y"] + 10)
    lab.page.mouse.down()
    lab.page.evaluate(
        "button => button.click()",
        lab.page.get_by_role("button", name="Another one").element_handle(),
    )
    expect(picture(grid)).not_to_have_css("background-image", before)
    lab.settle()
    lab.page.mouse.up()


def test_choice_and_frame_are_kept_while_looking_at_another_page(lab: Visit) -> None:
    lab.open("weights")
    units = lab.page.get_by_role("listbox", name="looks for").or_(
        lab.page.get_by_role("listbox", name="to look for")
    )
    before = sheet(units)
    lab.page.get_by_role("radio", name="As it is").click()
    expect(picture(units)).not_to_have_css("background-image", before)
    digits = lab.page.get_by_test_id("stButtonGroup").filter(has_text="vote most strongly")
    before = sheet(units)
    digits.get_by_role("radio", name="3", exact=True).click()
    expect(picture(units)).not_to_have_css("background-image", before)
    lab.settle()
    shown = close_up(lab).inner_text()
    units.get_by_role("option").nth(5).click()
    expect(close_up(lab)).not_to_have_text(shown)
    chosen = close_up(lab).inner_text()
    links = lab.page.get_by_test_id("stTopNavLink")
    links.filter(has_text="Explore").click()
    expect(lab.page.get_by_role("heading", level=1)).to_have_text("Explore")
    lab.settle()
    links.filter(has_text="Weights").click()
    expect(close_up(lab)).to_have_text(chosen)
    expect(units.get_by_role("option").nth(5)).to_have_attribute("aria-selected", "true")
    expect(lab.page.get_by_role("radio", name="As it is")).to_be_checked()


def test_the_details_open_when_asked_for_and_a_picture_in_explore(lab: Visit) -> None:
    lab.open("weights")
    expect(lab.page.locator(".js-plotly-plot")).to_have_count(1)
    bar = lab.page.locator(".js-plotly-plot .bars path").nth(2)
    assert cursor_over(lab.page, bar) == "default", "a chart that cannot be touched"
    unfold(lab.page, "Details for experts")
    expect(lab.page.locator(".js-plotly-plot")).to_have_count(2)
    expect(lab.page.get_by_role("cell", name="Flatten")).to_be_visible()
    lab.settle()
    favourites = lab.page.get_by_role("listbox", name="responds to most")
    name = favourites.get_by_role("option").nth(2).get_attribute("aria-label") or ""
    label, number = re.findall(r"[\d,]+", name.replace(", ", " "))
    favourites.get_by_role("option").nth(2).click()
    expect(lab.page.get_by_role("heading", level=1)).to_have_text("Explore")
    expect(close_up(lab)).to_have_text(f"This is {with_article(label)}, close up")
    expect(lab.page.get_by_text(f"Picture {number} of 10,000.")).to_be_visible()


def test_it_leads_to_the_paper_and_back_and_there_with_the_network_that_is_looked_at(
    lab: Visit,
) -> None:
    lab.open("weights")
    take(lab, "filters")
    lab.page.get_by_role("radio", name="yours").click()
    expect(lab.page.get_by_text("You have not drawn anything yet.")).to_be_visible()
    expect(lab.page.get_by_role("listbox", name="What the filters make of")).to_have_count(0)
    lab.settle()
    lab.page.get_by_test_id("stMain").get_by_role("button", name="Draw one yourself").click()
    expect(lab.page.get_by_role("heading", level=1)).to_have_text("Draw")
    lab.settle()
    expect(lab.page.get_by_role("link", name="Back to Weights")).to_have_count(0)
    draw_a_line(lab)
    lab.page.get_by_role("link", name="Back to Weights").click()
    expect(lab.page.get_by_role("heading", level=1)).to_have_text("Weights")
    maps = lab.page.get_by_role("listbox", name="What the filters make of your drawing")
    expect(maps).to_be_visible()
    lab.settle()

    take(lab, "Two layers")
    numbers = f"{load_model('dense').network.size:,} numbers"
    expect(lab.page.get_by_role("main").get_by_text(numbers)).to_be_visible()
    lab.settle()
    card = lab.page.locator("[class*=st-key-card_next_draw]")
    box = card.bounding_box()
    assert box
    card.click(position={"x": box["width"] - 9, "y": 9}, force=True)  # far from the link's words
    expect(lab.page.get_by_role("heading", level=1)).to_have_text("Draw")
    reader = lab.page.get_by_test_id("stSelectbox").locator("input").first
    expect(reader).to_have_value(re.compile("^Two layers"))


def take(visit: Visit, network: str) -> None:
    """Choose one of the lab's networks."""
    visit.page.get_by_test_id("stSelectbox").locator("input").click()
    visit.page.get_by_role("option").filter(has_text=network).click()


def draw_a_line(lab: Visit) -> None:
    """Draw an upright line on the paper, once the page has scrolled to its top."""
    board = lab.page.get_by_label("Paper to draw")
    expect(board).to_be_visible()
    at_its_top = "() => document.querySelector('[data-testid=stMain]').scrollTop === 0"
    lab.page.wait_for_function(at_its_top)  # a page that was left far down scrolls there
    paper = board.bounding_box()
    assert paper
    lab.page.mouse.move(paper["x"] + 120, paper["y"] + 60)
    lab.page.mouse.down()
    lab.page.mouse.move(paper["x"] + 120, paper["y"] + 220, steps=8)
    lab.page.mouse.up()


def test_on_a_telephone_the_touched_unit_and_its_close_up_are_seen_together(
    new_visit: NewVisit, server: str
) -> None:
    telephone = new_visit(server, width=390, has_touch=True)
    telephone.open("weights")
    telephone.page.get_by_test_id("stSelectbox").locator("input").click()
    telephone.page.get_by_role("option").filter(has_text="Two layers").click()
    units = telephone.page.get_by_role("listbox", name="What each unit")
    expect(units.get_by_role("option").nth(20)).to_be_attached()  # `notebook` has ten units
    telephone.settle()
    for place in (3, 20):  # near the top of the gallery, and far down
        cell = units.get_by_role("option").nth(place)
        cell.scroll_into_view_if_needed()
        cell.tap()
        name = cell.get_attribute("aria-label") or ""
        heading = telephone.page.get_by_role("heading", name=f"{name.capitalize()}, close up")
        expect(heading).to_be_in_viewport(ratio=1)
        expect(cell).to_be_in_viewport(ratio=0.9)
        weights = telephone.page.get_by_alt_text(f"The weights of {name}", exact=True)
        expect(weights).to_be_in_viewport(ratio=1)
