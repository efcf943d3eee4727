"""The subject of a mail: at most 60 characters, with what matters first and the network's name last."""

from shared.domain.network.network import Network
from shared.domain.report.report import Report
from shared.domain.rule.standing import Standing
from shared.mails.morning import next_day
from shared.phrases import dutch

MOST = 60  # a phone shows no more


def fitted(subject: str, network: Network) -> str:
    """Shorten a subject that is too long: with the short name for the title, without a name, or cut."""
    news = subject.removesuffix(f": {' '.join(network.title.split())}")
    shorter = (subject, f"{news}: {network.prefix}", news)
    return next((each for each in shorter if len(each) <= MOST), _cut(news))


def report_subject(network: Network, report: Report) -> str:
    """Write the state of a network: "PLG: 12 scholen compleet, 5 te kort, 2 besluiten, 7 dagen".

    Where that is too long, it goes with fewer words, then without the days, then without who waits.
    """
    complete, short, waiting = (
        len(report.standing(value)) for value in (Standing.COMPLETE, Standing.SHORT, Standing.WAITING)
    )
    questions = len(report.questions)
    parts = {
        "complete": f"{dutch.count(complete, 'school', 'scholen')} compleet",
        "short": f"{short} te kort" if short else "",
        "waiting": f"{waiting} op de wachtlijst" if waiting else "",
        "questions": dutch.count(questions, "besluit", "besluiten") if questions else "",
        "left": next_day(network, report.at).news,
    }
    tries = [parts]
    for shorter in (
        {"waiting": dutch.count(waiting, "wacht", "wachten") if waiting else ""},
        {"complete": f"{complete} compleet"},
        {"left": ""},
        {"waiting": ""},
    ):
        tries.append(tries[-1] | shorter)
    written = [f"{network.prefix}: {', '.join(filter(None, each.values()))}" for each in tries]
    return next((each for each in written if len(each) <= MOST), _cut(written[-1]))


def _cut(text: str) -> str:
    """Cut a text at a word, or within one that is too long by itself."""
    head = text[: MOST - 1]
    return f"{(head.rpartition(' ')[0] or head).rstrip(' ,:;')}…" if len(text) > MOST else text
