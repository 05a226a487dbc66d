"""One stage in several processes of one thread each: rendering and encoding in shares, CPU training as a team."""
from __future__ import annotations

import os
import socket
import subprocess
import sys
import time


def _free_port() -> int:
    with socket.socket() as s:
        s.bind(("127.0.0.1", 0))
        return s.getsockname()[1]


def _command(arguments: list[str], stage: str, part: tuple[int, int] | None) -> list[str]:
    share = ["--part", str(part[0]), str(part[1])] if part else []
    return [sys.executable, "-m", "riffloom_train", *arguments, "--stages", stage, "--jobs", "1", "--threads", "1", *share]


def run(arguments: list[str], stage: str, jobs: int, team: bool) -> None:
    """Runs the stage in `jobs` processes and waits; ends all of them when one fails.

    As a team they train one model together (see `together`); otherwise each does one share of the clips.
    """
    meeting = {"WORLD_SIZE": str(jobs), "MASTER_ADDR": "127.0.0.1", "MASTER_PORT": str(_free_port())}
    processes = []
    for k in range(jobs):
        environment = os.environ | (meeting | {"RANK": str(k)} if team else {})
        processes.append(subprocess.Popen(_command(arguments, stage, None if team else (k, jobs)), env=environment))
    try:
        while any(p.poll() is None for p in processes):
            if failed := next((p for p in processes if p.poll()), None):
                raise SystemExit(f"{stage}: a process ended with status {failed.returncode}; its message is above")
            time.sleep(0.5)
        if failed := next((p for p in processes if p.returncode), None):
            raise SystemExit(f"{stage}: a process ended with status {failed.returncode}; its message is above")
    finally:
        for p in processes:
            p.terminate()
