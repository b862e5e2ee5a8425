#!/usr/bin/env python3
"""Writes initials_table.cpp from a checkout of pinyin-data (README.md): make_table.py CHECKOUT > initials_table.cpp"""

import sys
import unicodedata
from pathlib import Path

FIRST, LAST = 0x4E00, 0x9FFF
# Common in names and missing from the dictionaries' lists.
ALSO = {"晟": "s", "渑": "s"}
# Readings no name has; each would double the rows of every enterprise that has the character.
NEVER = {
    "万": "m", "会": "g", "合": "g", "奇": "j", "强": "j", "提": "d", "无": "m", "期": "j",
    "氏": "z", "省": "x", "石": "d", "系": "j", "见": "x", "识": "z", "车": "j",
}  # fmt: skip


def readings(file):
    found = {}
    for line in file.read_text(encoding="utf-8").splitlines():
        if line.startswith("U+"):
            code, sounds = line.split("#")[0].split(":")
            letters = [unicodedata.normalize("NFD", sound.strip())[0].lower() for sound in sounds.split(",")]
            found[int(code[2:], 16)] = letters
    return found


def main(checkout):
    usual = readings(checkout / "pinyin.txt")
    lists = [readings(checkout / name) for name in ("kTGHZ2013.txt", "kHanyuPinlu.txt")]
    first, more = "", ""
    for code in range(FIRST, LAST + 1):
        sign, known = chr(code), usual.get(code, ["."])[0]
        first += known
        others = {letter for one in lists for letter in one.get(code, [])} | set(ALSO.get(sign, ""))
        more += "".join(sign + letter for letter in sorted(others - {known} - set(NEVER.get(sign, ""))))
    print('#include "ticketing/pinyin/initials_table.hpp"\n')
    print("// Made by make_table.py.\nnamespace hotline::ticketing {\n")
    print("const std::string_view first_initials =")
    print("\n".join(f'    "{first[at:at + 92]}"' for at in range(0, len(first), 92)) + ";\n")
    print("const std::u32string_view other_initials =")
    print("\n".join(f'    U"{more[at:at + 60]}"' for at in range(0, len(more), 60)) + ";\n")
    print("}  // namespace hotline::ticketing")


main(Path(sys.argv[1]))
