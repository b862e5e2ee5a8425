#!/usr/bin/env python3
"""tones.py LIST FOLDER: a tone of a second for every sound of LIST that FOLDER does not have, as the PBX plays it.

Real sentences are recordings somebody has to speak; a tone shows that the right file is played at the right moment."""

import math
import pathlib
import struct
import sys
import wave

RATE = 8000
SECONDS = 1


def tone(hertz: int) -> bytes:
    samples = (int(8000 * math.sin(2 * math.pi * hertz * n / RATE)) for n in range(RATE * SECONDS))
    return b"".join(struct.pack("<h", sample) for sample in samples)


def main() -> None:
    names = [line.split("\t")[0] for line in pathlib.Path(sys.argv[1]).read_text(encoding="utf-8").splitlines()]
    folder = pathlib.Path(sys.argv[2])
    folder.mkdir(parents=True, exist_ok=True)
    for number, name in enumerate(names):
        path = folder / f"{name}.wav"
        if path.exists():
            continue
        with wave.open(str(path), "wb") as file:
            file.setnchannels(1)
            file.setsampwidth(2)
            file.setframerate(RATE)
            file.writeframes(tone(400 + 25 * number))


main()
