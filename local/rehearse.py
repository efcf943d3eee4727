"""`python -m local.rehearse` plays what `tweetal rehearse` sends it as JSON, and answers in JSON."""

import io
import json
import sys
from contextlib import redirect_stdout
from datetime import date

from local.rehearsal import rehearse
from local.season_posts import UnreadablePostsError, earlier_posts, made_up_posts
from shared.domain.network.network import read_network


def main() -> None:
    """Play the season; the log of the functions would be in the way of the answer."""
    order = json.load(sys.stdin)
    network = read_network(order["toml"], "the network file")
    deadline = date.fromisoformat(order["deadline"]) if order["deadline"] else None
    posts = (
        earlier_posts(network, order["posts"], deadline)
        if order["posts"]
        else made_up_posts(network, order["schools"], order["seed"])
    )
    with redirect_stdout(io.StringIO()):
        rehearsal = rehearse(order["toml"], posts, order["minimum"])
    print(json.dumps(rehearsal._asdict(), ensure_ascii=False))


if __name__ == "__main__":
    try:
        main()
    except UnreadablePostsError as error:
        sys.exit(str(error))
