"""`python -m tests.cloud` deploys the stack into MiniStack, plays a journey against it, and removes it."""

import os
import shutil
import signal
import subprocess
import sys
import time
import traceback

from tests import ministack
from tests.cloud import journey, upkeep
from tests.cloud.cloud import Cloud
from tests.cloud.stack import FOLDER, Stack, has_history

# Only the emulator, whatever this machine knows of AWS.
ENVIRONMENT = {
    "AWS_ACCESS_KEY_ID": "test",
    "AWS_SECRET_ACCESS_KEY": "test",
    "AWS_REGION": "eu-west-1",
    "AWS_DEFAULT_REGION": "eu-west-1",
    "AWS_ACCOUNT_ID_ENDPOINT_MODE": "disabled",
    "AWS_CONFIG_FILE": os.devnull,
    "AWS_SHARED_CREDENTIALS_FILE": os.devnull,
    "AWS_EC2_METADATA_DISABLED": "true",
    "SAM_CLI_TELEMETRY": "0",
}
STEPS = (
    upkeep.pack,
    upkeep.deploy,
    upkeep.apply_network,
    journey.register_by_script,
    journey.register_by_form,
    journey.follow_link,
    journey.suggest_schools,
    journey.solve_challenge,
    journey.check,
    journey.sign_in,
    journey.deliver,
    upkeep.answer_everywhere,
    upkeep.look,
    upkeep.read_logs,
    upkeep.update,
    upkeep.go_back,
    upkeep.go_forward,
    upkeep.delete,
    upkeep.adopt,
)


def main() -> None:
    """Play every step; stop at the first that fails, and say where the logs are."""
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))  # so that the emulator ends too
    shutil.rmtree(FOLDER, ignore_errors=True)
    FOLDER.mkdir(parents=True)
    left_out = () if has_history() else (upkeep.go_back, upkeep.go_forward)
    if left_out:
        print("This checkout has no history, so no earlier release is deployed.")
    steps = [step for step in STEPS if step not in left_out]
    version = emulator_version()
    print(
        f"MiniStack runs the functions with Python {version}; they are packed for that, and Lambda has 3.13."
    )
    with (FOLDER / "ministack.log").open("wb") as log, ministack.running(log) as url:
        for name in [name for name in os.environ if name.startswith("AWS_")]:
            del os.environ[name]
        os.environ.update(ENVIRONMENT, AWS_ENDPOINT_URL=url)
        began = time.monotonic()
        cloud = Cloud(url, Stack(version))
        for step in steps:
            start = time.monotonic()
            try:
                step(cloud)
            except Exception:  # noqa: BLE001 whatever it is, the logs say more
                traceback.print_exc()
                sys.exit(f"✗ {_sentence(step)}\nThe logs are in {FOLDER.relative_to(FOLDER.parents[1])}.")
            print(f"✓ {time.monotonic() - start:5.1f} s  {_sentence(step)}", flush=True)
        print(f"All {len(steps)} steps in {time.monotonic() - began:.0f} s.")


def _sentence(step: object) -> str:
    return (step.__doc__ or "").partition("\n")[0]


def emulator_version() -> str:
    """Return the version of the Python that the emulator runs functions with."""
    command = (ministack.PYTHON, "-c", "import sys; print('%d.%d' % sys.version_info[:2])")
    return subprocess.run(command, capture_output=True, text=True, check=True).stdout.strip()  # noqa: S603 our own


if __name__ == "__main__":
    main()
