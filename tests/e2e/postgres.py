"""A real PostgreSQL of the tests' own: Debian's program on a Unix socket in a folder of its own.

It ends with whoever started it. Nothing of a PostgreSQL that runs on the machine is touched.
"""
import contextlib
import os
import pwd
import shutil
import signal
import subprocess
import urllib.parse
from pathlib import Path

from processes import spawn, temporary_folder
from shop import Failed, wait_until


def program(name):
    """The newest that is installed."""
    found = sorted(Path("/usr/lib/postgresql").glob(f"*/bin/{name}"))
    if not found:
        raise Failed(f"no {name} here: install postgresql")
    return found[-1]


def under_another_user():
    """PostgreSQL does not run as root; what a command then begins with, and who that is."""
    if os.geteuid() != 0:
        return [], None
    for name in ("postgres", "nobody"):
        try:
            user = pwd.getpwnam(name)
        except KeyError:
            continue
        return ["setpriv", f"--reuid={user.pw_uid}", f"--regid={user.pw_gid}", "--clear-groups",
                "--pdeathsig", "QUIT"], user
    raise Failed("neither postgres nor nobody is a user here")


class Postgres:
    def __init__(self):
        self.folder = temporary_folder("pg")
        self.cluster, self.log = self.folder / "cluster", self.folder / "log"
        self.under, user = under_another_user()
        if user:
            self.folder.parent.chmod(0o711)
            shutil.chown(self.folder, user.pw_uid, user.pw_gid)
        with open(self.log, "ab") as log:
            subprocess.run([*self.under, program("initdb"), "-D", self.cluster, "-U", "postgres",
                            "-A", "trust", "-E", "UTF8", "--locale=C.UTF-8", "-N"],
                           check=True, stdout=log, stderr=log)
        self.count = 0
        self.start()

    def start(self):
        with open(self.log, "ab") as log:
            self.process = spawn(
                [*self.under, program("postgres"), "-D", self.cluster, "-k", self.folder, "-c",
                 "listen_addresses=", "-c", "fsync=on"], dies_by=signal.SIGQUIT, stdout=log,
                stderr=log)
        wait_until(lambda: self.psql("postgres", "SELECT 1", check=False).returncode == 0, 60,
                   "PostgreSQL")

    def stop(self):
        if self.process.poll() is None:
            self.process.send_signal(signal.SIGINT)
            self.process.wait(timeout=30)

    def processes(self):
        """The server's and those that it has for its connections."""
        parent = str(self.process.pid)
        found = []
        for entry in Path("/proc").glob("[0-9]*"):
            with contextlib.suppress(OSError):
                status = (entry / "stat").read_text().rsplit(")", 1)[1].split()
                if parent in (entry.name, status[1]):
                    found.append(int(entry.name))
        return found

    def psql(self, database, question, check=True):
        return subprocess.run([program("psql"), self.url(database), "-XAtc", question],
                              check=check, capture_output=True, text=True)

    def ask(self, url, question):
        """The answer as psql prints it, a row a line."""
        return subprocess.run([program("psql"), url, "-XAtc", question], check=True,
                              capture_output=True, text=True).stdout.strip()

    def url(self, database):
        return f"postgresql:///{database}?" + urllib.parse.urlencode(
            {"host": str(self.folder), "user": "postgres"})

    @contextlib.contextmanager
    def locked(self, url, table, mode="SHARE"):
        """Nobody writes this table inside; gives a question whether somebody waits for it."""
        holding = spawn([program("psql"), url, "-XAt"], stdin=subprocess.PIPE,
                        stdout=subprocess.PIPE, text=True, bufsize=1)
        holding.stdin.write(f"BEGIN; LOCK TABLE {table} IN {mode} MODE; SELECT 'held';\n")
        while holding.stdout.readline().strip() != "held":
            pass
        waiting = "SELECT count(*) FROM pg_locks WHERE NOT granted AND relation = '{}'::regclass"
        try:
            yield lambda: self.ask(url, waiting.format(table)) != "0"
        finally:
            holding.communicate("ROLLBACK;\n")

    def new_database(self):
        self.count += 1
        self.psql("postgres", f"CREATE DATABASE shop_{self.count}")
        return self.url(f"shop_{self.count}")
