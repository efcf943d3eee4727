"""docs/form.md: each recipe in its first table has a post of that shape, which `tests/forms` plays."""

import re
import tomllib

import pytest

from tests.conftest import ROOT
from tests.forms.posts import POSTS

TEXT = (ROOT / "docs/form.md").read_text()
TABLE = re.findall(r"^\| [^|]+ \| \[([^\]]+)\]\(#([\w-]+)\) \| [^|]+ \|$", TEXT, re.MULTILINE)
# The posts that have the shape of each recipe.
SHAPES = {
    "plain HTML": ("html", "html-labels"),
    "JavaScript": ("fetch-urlencoded", "fetch-formdata", "axios", "jquery-ajax"),
    "htmx": ("htmx",),
    "Contact Form 7": ("contact-form-7",),
    "WPForms": ("wpforms",),
    "Gravity Forms": ("gravity-forms",),
    "Elementor": ("elementor", "elementor-advanced"),
    "Ninja Forms": ("ninja-forms",),
    "Fluent Forms": ("fluent-forms",),
    "Formidable Forms": ("formidable",),
    "Drupal Webform": ("drupal", "drupal-composite"),
    "TYPO3": ("typo3",),
    "Umbraco Forms": ("umbraco", "umbraco-url"),
    "RSForm!": ("joomla",),
    "Typeform": ("typeform",),
    "Tally": ("tally",),
    "Jotform": ("jotform",),
    "Webflow": ("webflow", "webflow-action"),
    "Google Forms": ("google-forms", "google-sheets"),
    "Microsoft Forms": ("power-automate",),
    "Squarespace": ("squarespace",),
    "Wix": ("wix", "wix-keys"),
}
BY_ID = {post.id: post for post in POSTS}


def section(anchor: str) -> str:
    """Return the text under the heading that an anchor leads to."""
    for heading, text in re.findall(r"^##+ ([^\n]+)\n(.*?)(?=^##+ |\Z)", TEXT, re.MULTILINE | re.DOTALL):
        if re.sub(r"[^\w -]", "", heading.lower()).replace(" ", "-") == anchor:
            return str(text)
    raise LookupError(anchor)


def test_the_table_comes_first_and_names_these_makers() -> None:
    assert TEXT.index("## What is your form made with?") == TEXT.index("## ")
    assert [recipe for recipe, _ in TABLE] == list(SHAPES)
    assert len(TABLE) > 20


@pytest.mark.parametrize(("recipe", "anchor"), TABLE, ids=lambda text: text)
def test_each_recipe_has_posts_that_register_the_right_people(recipe: str, anchor: str) -> None:
    posts = [BY_ID[each] for each in SHAPES[recipe]]
    assert [post.outcome for post in posts if post.outcome != "registered" or not post.people] == []
    blocks = re.findall(r"```toml\n(.*?)```", section(anchor), re.DOTALL)
    maps = [fields for block in blocks if (fields := tomllib.loads(block)["form"].get("fields"))]
    assert maps == [dict(post.fields) for post in posts if post.fields]
