"""Streamlit's own command, which ends when the test that began it is gone, however that ended.

It reads from the test's pipe, which the system closes when the test's process ends.
"""

import os
import signal
import sys
from threading import Thread

from streamlit.web import cli


def _end_with_the_test() -> None:
    sys.stdin.buffer.read()
    os.kill(os.getpid(), signal.SIGTERM)


if __name__ == "__main__":
    Thread(target=_end_with_the_test, daemon=True).start()
    cli.main(prog_name="streamlit")
