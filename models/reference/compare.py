"""Riffloom and diffusers side by side: the same work, in processes that take turns.

    python compare.py MODEL [--rounds N] [--clips N] [--steps N] [--threads N] [--jar FILE] [--java=OPTION] [--out FILE]

MODEL is a folder in diffusers layout, such as full_shapes.py makes. Each round starts `java -jar target/riffloom.jar bench`
and bench.py, one after the other, and the next round the other way round. Printed are the medians over the rounds, their
ratio, and the range of the ratios within a round; FILE gets every report as JSON. On a machine that does other work only
the ratios mean something, and the load that is printed says how much.
"""

import argparse
import json
import os
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path

HERE = Path(__file__).resolve().parent
QUANTITIES = {
    "one step, s": lambda report: report["step"]["median"],
    "two texts, s": lambda report: report["text"]["median"],
    "seed image, s": lambda report: report["seedImage"]["median"],
    "picture, s": lambda report: report["picture"]["median"],
    "start to model loaded, s": lambda report: report["start"]["loaded"],
    "start to first step, s": lambda report: report["start"]["firstStepBegins"],
    "start to first step done, s": lambda report: report["start"]["firstStepDone"],
    "peak memory, MB": lambda report: report["peakResidentBytes"] / 1e6,
    "processor time in all, s": lambda report: report["processorSeconds"],
}


def run(command):
    """Runs one of the two, and returns its report."""
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "report.json"
        load = os.getloadavg()[0]
        process = subprocess.Popen(command + ["--json", str(file)], stdout=subprocess.DEVNULL)
        _, status, usage = os.wait4(process.pid, 0)
        if status != 0:
            sys.exit(f"{' '.join(command)} failed")
        report = json.loads(file.read_text())
    # As the system counts for both alike.
    report["peakResidentBytes"] = 1024 * usage.ru_maxrss
    report["processorSeconds"] = usage.ru_utime + usage.ru_stime
    report["loadBefore"] = load
    return report


def table(pairs):
    print(f"{'':28} {'Riffloom':>10} {'diffusers':>10} {'ratio':>7}   in a round")
    for name, quantity in QUANTITIES.items():
        ours, theirs = ([quantity(pair[side]) for pair in pairs] for side in ("riffloom", "diffusers"))
        ratios = [a / b for a, b in zip(ours, theirs)]
        a, b = statistics.median(ours), statistics.median(theirs)
        print(f"{name:28} {a:10.3f} {b:10.3f} {a / b:7.2f}   {min(ratios):.2f} to {max(ratios):.2f}")
    loads = [pair[side]["loadBefore"] for pair in pairs for side in pair]
    print(f"load of the machine before each run: {min(loads):.1f} to {max(loads):.1f}")


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("model", help="folder in diffusers layout")
    parser.add_argument("--rounds", type=int, default=3, help="turns of each (default: 3)")
    parser.add_argument("--clips", type=int, default=1, help="clips that each turn measures (default: 1)")
    parser.add_argument("--steps", type=int, default=4, help="for each clip (default: 4)")
    parser.add_argument("--threads", type=int, default=2, help="for each operation (default: 2)")
    parser.add_argument("--jar", type=Path, default=HERE.parents[1] / "target" / "riffloom.jar")
    parser.add_argument("--java", action="append", default=[], help="option for java, after an equals sign: --java=-XX:SharedArchiveFile=FILE")
    parser.add_argument("--out", type=Path, help="file for the reports")
    options = parser.parse_args()
    numbers = ["--steps", options.steps, "--rounds", options.clips, "--threads", options.threads]
    common = [str(number) for number in numbers]
    commands = {
        "riffloom": ["java", *options.java, "-jar", str(options.jar), "bench", "--device", "cpu", "--model", options.model] + common,
        "diffusers": [sys.executable, str(HERE / "bench.py"), options.model] + common,
    }
    pairs = []
    for number in range(options.rounds):
        order = list(commands) if number % 2 == 0 else list(commands)[::-1]
        pairs.append({side: run(commands[side]) for side in order})
        print(f"round {number + 1} of {options.rounds}", file=sys.stderr, flush=True)
        if options.out:
            options.out.write_text(json.dumps(pairs, indent=1) + "\n")
    table(pairs)


if __name__ == "__main__":
    main()
