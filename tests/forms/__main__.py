"""`make forms`: plays the project's posts and a folder of recorded ones; prints what came of each."""

import sys
from contextlib import redirect_stdout
from io import StringIO
from pathlib import Path

from local.world import World
from tests.forms.play import play, problems, recorded
from tests.forms.posts import POSTS


def main(folder: Path) -> int:
    """Play all posts and return how many are wrong."""
    posts = [*POSTS, *(recorded(folder) if folder.is_dir() else ())]
    if not folder.is_dir():
        print(f"{folder} is not there: only the project's own posts are played")
    wrong = 0
    with World(base_url="http://127.0.0.1:8080", form_url="http://127.0.0.1:8081") as world:
        for post in posts:
            with redirect_stdout(StringIO()):  # what the functions log
                outcome = play(world, post, thanks="nothanks" not in post.id)
            mistakes = list(problems(post, outcome))
            wrong += bool(mistakes)
            print(f"{post.id:40} {outcome.status} {len(outcome.people)} {'; '.join(mistakes) or 'right'}")
    print(f"{len(posts) - wrong} of {len(posts)} right")
    return wrong


if __name__ == "__main__":
    sys.exit(min(1, main(Path(sys.argv[1] if len(sys.argv) > 1 else "-"))))
