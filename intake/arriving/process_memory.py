"""How the C library keeps what a process no longer needs."""

import ctypes

# Of <malloc.h>: how much at the end of a heap stays when it is free, from which size on a piece is
# given back to the system as soon as it is free, and how many heaps the threads share.
_M_TRIM_THRESHOLD, _M_MMAP_THRESHOLD, _M_ARENA_MAX = -1, -3, -8
_LARGE = 128 * 1024
# Less, and each report would give its memory back and ask for it again.
_KEPT = 4 * 1024 * 1024
_HEAPS = 2


def keep_memory_small() -> None:
    """Large pieces, as bodies are, leave no holes, and five hundred threads have few heaps.

    By default glibc takes pieces of up to 32 MB out of its heaps once one such piece was freed:
    sixty-four bodies then left a worker at thrice of what they ever held. Other C libraries know
    no such settings.
    """
    mallopt = getattr(ctypes.CDLL(None), "mallopt", None)
    if mallopt is not None:
        mallopt(_M_MMAP_THRESHOLD, _LARGE)
        mallopt(_M_TRIM_THRESHOLD, _KEPT)
        mallopt(_M_ARENA_MAX, _HEAPS)
