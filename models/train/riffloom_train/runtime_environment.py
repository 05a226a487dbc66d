"""Settings that must be in the environment before the process starts; kept free of torch for that reason."""

MALLOC = {"MALLOC_MMAP_MAX_": "0", "MALLOC_TRIM_THRESHOLD_": "100000000000", "MALLOC_ARENA_MAX": "1"}
"""glibc hands freed memory back to the kernel by default; training that keeps it runs about twice as fast on a CPU."""
