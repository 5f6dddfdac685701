"""Processes and folders that end with the program that began them, however that ends.

What it starts dies with it, by the system's hand. What it lays down is cleared by a shell that
waits for its end and is nobody's child, so that even a kill leaves nothing behind.
"""
import ctypes
import os
import shlex
import signal
import subprocess
import tempfile
import threading
from pathlib import Path

DIE_WITH_PARENT = 1  # PR_SET_PDEATHSIG in <sys/prctl.h>
libc = ctypes.CDLL(None)
if threading.current_thread() is threading.main_thread():
    signal.signal(signal.SIGTERM, signal.default_int_handler)  # ends are cleaned up after


def spawn(command, dies_by=signal.SIGKILL, **options):
    """Starts a process that does not outlive this one."""
    ours = os.getpid()

    def follow():
        libc.prctl(DIE_WITH_PARENT, int(dies_by))
        if os.getppid() != ours:
            os._exit(1)

    return subprocess.Popen([str(word) for word in command], preexec_fn=follow, **options)


def end(process):
    """Asks it to end, and ends it where it does not."""
    if process and process.poll() is None:
        process.terminate()
        try:
            process.wait(timeout=10)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def clear_at_our_end(folder):
    """Keeps a pipe open; who waits at its other end removes the folder when it closes."""
    place = shlex.quote(str(folder))
    remove = f"rm -rf --one-file-system {place}"
    clear = (f"cat; for each in $(grep -o ' {folder}/[^ ]*' /proc/mounts); do umount -l $each; "
             f"done; {remove} || {{ sleep 1; {remove}; }}")
    waiting = subprocess.Popen(["setsid", "-f", "sh", "-c", clear], stdin=subprocess.PIPE,
                               stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    waiting.wait()
    return waiting.stdin


class Temporary:
    """One folder for all that this program lays down."""
    folder = None
    pipe = None


def temporary_folder(name):
    """A folder of its own."""
    if Temporary.folder is None:
        Temporary.folder = Path(tempfile.mkdtemp(prefix="fangxin-"))
        Temporary.pipe = clear_at_our_end(Temporary.folder)
    return Path(tempfile.mkdtemp(prefix=f"{name}-", dir=Temporary.folder))
