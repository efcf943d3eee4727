"""A network with questions of its own."""

from shared.domain.network.network import Network
from shared.domain.network.questions import Question

QUESTIONS = (
    Question(id="eten", label="Eet je mee?", label_en="Will you join lunch?", kind="yes-no", required=True),
    Question(id="dag", label="Welke dag", label_en="Which day", kind="choice", choices=("wo", "do")),
    Question(id="klassen", label="Aantal klassen", label_en="Number of classes", kind="number"),
    Question(id="wens", label="Wat wil je leren?", label_en="What do you want to learn?"),
    Question(id="dieet", label="Welk dieet heb je?", label_en="What is your diet?", sensitive=True),
    Question(id="trein", label="Kom je met de trein?", label_en="By train?", kind="yes-no", ask="admitted"),
)
ANSWERS = {"eten": "yes", "dag": "wo", "klassen": "3", "wens": "–", "dieet": "–", "trein": "no"}
TOML = """
[[form.questions]]
id = "eten"
label = "Eet je mee?"
label_en = "Will you join lunch?"
kind = "yes-no"
required = true
[[form.questions]]
id = "dieet"
label = "Welk dieet heb je?"
sensitive = true
"""


def asking(network: Network) -> Network:
    """Return a network that asks these questions."""
    return network.model_copy(update={"form": network.form.model_copy(update={"questions": QUESTIONS})})
