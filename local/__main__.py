"""`python -m local` starts the local stack; PORT and FORM_PORT in the environment are its ports."""

import os
import sys
from threading import Event

from local.server import stack
from shared.domain.network.network import NetworkError


def main() -> None:
    """Serve until somebody presses Ctrl-C."""
    port, form_port = (int(os.environ.get(name, default)) for name, default in _PORTS)
    with stack(port, form_port) as running:
        print(f"Control room  {running.site.url}/", flush=True)
        print(f"Form          {running.form.url}/", flush=True)
        print("Ctrl-C stops it.", flush=True)
        try:
            Event().wait()
        except KeyboardInterrupt:
            print("Stopped.")


_PORTS = (("PORT", "8080"), ("FORM_PORT", "8081"))

if __name__ == "__main__":
    try:
        main()
    except (OSError, NetworkError) as error:
        sys.exit(f"The local stack cannot start: {error}. Other ports: make run PORT=… FORM_PORT=…")
