#!/usr/bin/env python3
"""speech.py FOLDER SECONDS: what telephones say, from the recordings of Debian's sipp (RTP in pcap files).

speech.pcap: its few seconds over and over, for a PBX takes a caller of whom nothing is heard for one who is gone.
key_N.pcap: its keys (RFC 4733), each later than those before it in KEYS: two events of one time are one event to a PBX."""

import pathlib
import struct
import sys

SOURCE = pathlib.Path("/usr/share/sip-tester")
KEYS = "914"
GLOBAL_HEADER = 24
PACKET_HEADER = struct.Struct("<IIII")
RTP_AT = 14 + 20 + 8  # behind Ethernet, IPv4 and UDP
RTP = struct.Struct(">2xHI")
SAMPLES = 240  # in a packet
MICROSECONDS = 30_000


def packets(data: bytes) -> list[tuple[bytes, bytearray]]:
    """Each with its header."""
    found = []
    at = GLOBAL_HEADER
    while at < len(data):
        header = data[at : at + PACKET_HEADER.size]
        at += PACKET_HEADER.size
        size = PACKET_HEADER.unpack(header)[2]
        found.append((header, bytearray(data[at : at + size])))
        at += size
    return found


def speech(seconds: int) -> bytes:
    data = (SOURCE / "g711a.pcap").read_bytes()
    said = [packet for _, packet in packets(data) if len(packet) == RTP_AT + 12 + SAMPLES]
    out = bytearray(data[:GLOBAL_HEADER])
    for number in range(seconds * 1_000_000 // MICROSECONDS):
        packet = bytearray(said[number % len(said)])
        struct.pack_into(">HI", packet, RTP_AT + 2, number & 0xFFFF, number * SAMPLES)
        moment = number * MICROSECONDS
        out += PACKET_HEADER.pack(moment // 1_000_000, moment % 1_000_000, len(packet), len(packet)) + packet
    return bytes(out)


def key(name: str, place: int) -> bytes:
    data = (SOURCE / f"dtmf_2833_{name}.pcap").read_bytes()
    out = bytearray(data[:GLOBAL_HEADER])
    for header, packet in packets(data):
        sequence, moment = RTP.unpack_from(packet, RTP_AT)
        later = (sequence + place * 1000) & 0xFFFF, (moment + place * 100_000) & 0xFFFFFFFF
        struct.pack_into(">HI", packet, RTP_AT + 2, *later)
        out += header + packet
    return bytes(out)


def main() -> None:
    folder = pathlib.Path(sys.argv[1])
    (folder / "speech.pcap").write_bytes(speech(int(sys.argv[2])))
    for place, name in enumerate(KEYS, start=1):
        (folder / f"key_{name}.pcap").write_bytes(key(name, place))


main()
