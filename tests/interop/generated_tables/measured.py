#!/usr/bin/env python3
"""Runs a command, and prints the CPU time of all its processes and the most memory of one.

    measured.py WHAT COMMAND...
"""
import resource
import subprocess
import sys

code = subprocess.run(sys.argv[2:]).returncode
used = resource.getrusage(resource.RUSAGE_CHILDREN)
print(f"{sys.argv[1]}: {used.ru_utime + used.ru_stime:.1f} s of CPU time, {used.ru_maxrss / 1024:,.0f} MB at most in one process")
sys.exit(code)
