"""Asks `hotline-server calendar eval` and the oracle the same questions and compares every answer.

compare.py COMMAND… [--cases N] [--seed N]: COMMAND reads the cases. The last line is "N passed, N failed", one
test for each way of asking.
"""

import argparse
import json
import subprocess
import sys
import time
from collections import Counter

import oracle
from cases import WAYS, cases


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--cases", type=int, default=100_000)
    parser.add_argument("--seed", type=int, default=12345)
    parser.add_argument("command", nargs="+")
    options = parser.parse_args()

    asked = list(cases(options.seed, options.cases))
    began = time.monotonic()
    said = subprocess.run(
        options.command, input="\n".join(line for _, _, line in asked).encode(), stdout=subprocess.PIPE, check=True
    ).stdout.splitlines()
    print("%d cases answered in %.1f s" % (len(said), time.monotonic() - began))

    agreed, asked_of = Counter(), Counter(way for way, _, _ in asked)
    shown = 0
    for (way, question, line), answered in zip(asked, said):
        answered = json.loads(answered)
        expected = oracle.answer(question)
        right = "error" in answered if expected is None else answered == {"id": question["id"]} | expected
        agreed[way] += right and answered["id"] == question["id"]
        if not right and shown < 10:
            shown += 1
            print("asked:    %s\nanswered: %s\nexpected: %s" % (line, answered, expected))
    for way in WAYS:
        print("%-20s %6d of %6d agree" % (way, agreed[way], asked_of[way]))
    failed = sum(agreed[way] != asked_of[way] for way in WAYS) + (len(said) != len(asked))
    print("%d of %d agree in %.1f s" % (sum(agreed.values()), len(asked), time.monotonic() - began))
    print("%d passed, %d failed" % (len(WAYS) - min(failed, len(WAYS)), failed))
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
