"""The core keeps nothing and calls nothing: no writable globals, no clock, no output, and no
allocation but that of a whole meeting when it is created.

    purity.py NM LIBRARY
"""
import subprocess
import sys

HELPERS = {"_GLOBAL_OFFSET_TABLE_", "__assert_fail", "__stack_chk_fail", "calloc", "free",
           "memchr", "memcmp", "memcpy", "memmove", "memset", "strchr", "strcmp", "strcpy",
           "strlen", "strncmp", "strnlen"}
INSTRUMENTS = ("__asan", "__ubsan", "__sanitizer", "__tsan", "__sancov", "__start___", "__stop___",
               "__gcov", "__llvm")


def symbols():
    """(name, class, section) of each symbol; class U is one that is used and not defined."""
    listed = subprocess.run([sys.argv[1], "-f", "sysv", sys.argv[2]], capture_output=True,
                            text=True, check=True)
    for line in listed.stdout.splitlines():
        parts = [part.strip() for part in line.split("|")]
        if len(parts) == 7 and not parts[0].startswith(INSTRUMENTS):
            yield parts[0], parts[2], parts[6]


def is_writable(section):
    """Constants that hold addresses stand in .data.rel.ro, which is read-only once loaded."""
    return section.startswith((".data", ".bss", "*COM*", ".tdata", ".tbss")) and \
        not section.startswith(".data.rel.ro")


def main():
    found = list(symbols())
    own = {name for name, kind, _ in found if kind != "U"}
    faults = {f"writable global {name}" for name, _, section in found if is_writable(section)}
    faults |= {f"calls {name}" for name, kind, _ in found
               if kind == "U" and name not in own and name.split("@")[0] not in HELPERS}
    print("\n".join(sorted(faults)))
    sys.exit(1 if faults or not found else 0)


main()
