"""Terminals become a shop's as they do in a store: by a code, and an approval of the fingerprint.

`enrolled` does it for a terminal's program, `Identity` for a line by hand (wire.py), `issued` makes
certificates that no server would give, from the shop's own authority.
"""
import contextlib
import datetime
import json
import ssl
import subprocess
import time

from processes import temporary_folder


def openssl(*arguments, **options):
    return subprocess.run(["openssl", *map(str, arguments)], check=True, capture_output=True,
                          text=True, **options).stdout


def has_identity(data):
    return (data / "identity.pem").exists()


def approve_waiting(server, terminal, fingerprint=None, timeout=20):
    """Approves it as soon as it waits; who sees its screen gives the fingerprint."""
    deadline = time.monotonic() + timeout
    while not fingerprint:
        waiting = [each["fingerprint"] for each in server.command("status")[0]["waiting"]
                   if each["terminal"] == terminal]
        fingerprint = waiting[0] if waiting else None
        if time.monotonic() > deadline:
            raise TimeoutError(f"{terminal} did not ask to be enrolled")
    server.command("approve", terminal, "--fingerprint", fingerprint)


def context(server, certificate=None, key=None):
    """A terminal's side of TLS, that trusts this shop alone."""
    made = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    made.check_hostname = False  # the authority is the store's own: terminals know it by its key
    made.minimum_version = ssl.TLSVersion.TLSv1_3
    made.load_verify_locations(server.data / "ca.crt")
    if certificate:
        made.load_cert_chain(certificate, key)
    return made


class Identity:
    """A key and a certificate in files, enrolled for a name."""

    def __init__(self, server, terminal="till-90", role="till"):
        self.server, self.terminal, self.role = server, terminal, role
        folder = temporary_folder("identity")
        self.key, self.request, self.certificate = (folder / name for name in
                                                    ("key.pem", "request.pem", "certificate.pem"))
        make_request(self.key, self.request)

    def enrol(self):
        from wire import Wire
        code = self.server.command("enrol", "--kind", self.role)[0]
        wire = Wire(self.server.port, tls=context(self.server), path="/enrol")
        with contextlib.closing(wire):
            self.ask(wire, code["token"])
            fingerprint = wire.must_hear("waiting")["fingerprint"]
            self.server.command("approve", self.terminal, "--fingerprint", fingerprint)
            self.certificate.write_text(wire.must_hear("certificate")["certificate"])
        return self

    def ask(self, wire, token, **changed):
        wire.say("enrol", **{"token": token, "terminal": self.terminal, "role": self.role,
                             "app": "test", "request": self.request.read_text(), **changed})

    def tls(self):
        return context(self.server, self.certificate, self.key)


def make_request(key, request, name="terminal"):
    openssl("req", "-new", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes",
            "-keyout", key, "-out", request, "-subj", f"/CN={name}", "-sha256")


def issued(server, request, into, days_before, days_after, name="till-90", usage="clientAuth",
           authority=None):
    """A certificate of the shop's authority (or of another folder's), from and until whenever."""
    folder = authority or server.data
    work = temporary_folder("authority")
    for name_of, text in (("index.txt", ""), ("serial", f"{time.time_ns():032x}\n")):
        (work / name_of).write_text(text)
    (work / "ca.cnf").write_text(f"""
[ca]
default_ca = store
[store]
database = {work}/index.txt
serial = {work}/serial
new_certs_dir = {work}
default_md = sha256
policy = any
x509_extensions = terminal
[any]
commonName = supplied
[terminal]
basicConstraints = critical,CA:FALSE
keyUsage = critical,digitalSignature
extendedKeyUsage = {usage}
subjectKeyIdentifier = hash
authorityKeyIdentifier = keyid:always
""")
    now = datetime.datetime.now(datetime.timezone.utc)

    def stamp(days):
        return (now + datetime.timedelta(days=days)).strftime("%Y%m%d%H%M%SZ")

    openssl("ca", "-batch", "-notext", "-config", work / "ca.cnf", "-cert", folder / "ca.crt",
            "-keyfile", folder / "ca.key", "-in", request, "-out", into, "-subj", f"/CN={name}",
            "-startdate", stamp(-days_before), "-enddate", stamp(days_after))


def identities(server):
    """Of every terminal on record, whether it is let in."""
    return {each["terminal"]: each["identity"]
            for each in server.command("status")[0]["terminals"]}


def log_lines(server):
    """The server's own log: what it wrote of each connection."""
    lines = server.log.read_text(encoding="utf-8", errors="replace").splitlines()
    return [json.loads(line[line.index("{"):]) for line in lines if "{" in line]
