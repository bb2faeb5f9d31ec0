"""Seals 30 MB into the database and reads them again; prints what the most memory was for each.

A process of its own, with a connection of its own as a worker has it.
"""

from collections.abc import Callable, Iterator
from pathlib import Path

import django

MEGABYTE = 1024 * 1024


def pieces(megabytes: int) -> Iterator[bytes]:
    """What never stands in memory as a whole."""
    for number in range(megabytes * 16):
        yield number.to_bytes(4, "big") * (MEGABYTE // 64)


def highest() -> float:
    """The most memory that this process held since it was forgotten, in MiB."""
    status = Path("/proc/self/status").read_text()
    return int(status.split("VmHWM:")[1].split()[0]) / 1024


def taken(work: Callable[[], None]) -> float:
    """How much more memory it needs than there was before, in MiB."""
    Path("/proc/self/clear_refs").write_text("5")
    before = highest()
    work()
    return round(highest() - before, 1)


def main() -> None:
    django.setup()
    from intake.keeping import sealed_files
    from intake.sealing.opening_streams import digest_of_opened
    from intake.sealing.sealing import new_identity
    from intake.sealing.sealing_streams import StreamSealer

    identity = new_identity()

    def keep(megabytes: int) -> str:
        sealer = StreamSealer([identity.recipient])
        return sealed_files.write_by(lambda file: sealer.into(file, pieces(megabytes)))

    def read(name: str) -> None:
        with sealed_files.opened(name) as file:
            digest_of_opened(file, identity.secret)
        sealed_files.fingerprint(name)

    # What is loaded and allocated once by any file is no matter of its size.
    names = [keep(3)]
    read(names[0])
    print(taken(lambda: names.append(keep(30))))  # noqa: T201 - what the test reads
    print(taken(lambda: read(names[1])))  # noqa: T201
    for name in names:
        sealed_files.remove(name)


main()
