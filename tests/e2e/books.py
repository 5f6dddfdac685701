"""Two databases compared by SQL: a terminal's, and the book of its server."""
import json
import sqlite3
import subprocess

from postgres import program


class Book:
    """A database of either engine; rows are dictionaries of columns."""

    def __init__(self, file=None, postgres=None, url=None):
        self.url = url
        if file:
            self.database = sqlite3.connect(f"file:{file}?mode=ro", uri=True)
            self.database.row_factory = sqlite3.Row

    def rows(self, question):
        if not self.url:
            return [dict(row) for row in self.database.execute(question)]
        asked = f"SELECT row_to_json(t) FROM ({question}) t"
        said = subprocess.run([program("psql"), self.url, "-XAtc", asked], check=True,
                              capture_output=True, text=True).stdout
        return [json.loads(line) for line in said.splitlines()]

    def one(self, question):
        return self.rows(question)[0]

    def hexed(self, column):
        return f"encode({column}, 'hex')" if self.url else f"lower(hex({column}))"

    def tables(self):
        if self.url:
            question = "SELECT table_name AS name FROM information_schema.tables"
        else:
            question = "SELECT name FROM sqlite_master WHERE type = 'table'"
        return {row["name"] for row in self.rows(question)}

    def columns(self, table):
        if self.url:
            question = ("SELECT column_name AS name FROM information_schema.columns "
                        f"WHERE table_name = '{table}'")
        else:
            question = f"SELECT name FROM pragma_table_info('{table}')"
        return {row["name"] for row in self.rows(question)}

    def newest_versions(self):
        """Of each table whose rows have versions."""
        tables = [name for name in self.tables() - OWN if "ver" in self.columns(name)]
        parts = (f"SELECT '{name}' AS name, coalesce(max(ver), 0) AS ver FROM {name}"
                 for name in tables)
        return {row["name"]: row["ver"] for row in self.rows(" UNION ALL ".join(parts))}


# A terminal's own, which no server sends.
OWN = {"meta", "ops", "logs", "receipts", "print_jobs", "print_begun", "drafts", "pin_tries",
       "overlay", "old_blocks", "old_rows"}


def differences(what, ours, theirs, limit=5):
    """In words: what one list of rows has and the other has not."""
    ours, theirs = ([json.dumps(row, sort_keys=True, ensure_ascii=False) for row in rows]
                    for rows in (ours, theirs))
    mine, its = set(ours), set(theirs)
    for row in sorted(mine - its)[:limit]:
        yield f"{what}: only the terminal has {row}"
    for row in sorted(its - mine)[:limit]:
        yield f"{what}: only the server has {row}"
    if mine == its and len(ours) != len(theirs):
        yield f"{what}: {len(ours)} rows and {len(theirs)}"


def compare_logs(journal, book, terminal):
    log = "SELECT epoch, seq, kind, at, person, {} AS body, {} AS hash FROM ops {}"
    mine = journal.rows(log.format(journal.hexed("body"), journal.hexed("hash"), ""))
    its = book.rows(log.format(book.hexed("body"), book.hexed("hash"),
                               f"WHERE terminal = '{terminal}'"))
    yield from differences(f"{terminal} ops", mine, its)
    ends = "SELECT epoch, last_seq, {} AS head FROM {}"
    yield from differences(f"{terminal} heads",
                           journal.rows(ends.format(journal.hexed("head"), "logs")),
                           book.rows(ends.format(book.hexed("head"), "terminal_logs")
                                     + f" WHERE terminal = '{terminal}'"))
    for row in journal.rows("SELECT * FROM logs WHERE acked_seq <> last_seq"):
        yield f"{terminal}: not acknowledged: {row['acked_seq']} of {row['last_seq']}"


def compare_sales(journal, book, terminal):
    """Counts and sums of fen, of the journal's ops and of the book's tables."""
    data = "json_extract(body, '$.data.{}')"
    of_ops = ", ".join(f"coalesce(sum({data.format(name)}), 0) AS {name}" for name in
                       ("total_fen", "rounding_fen", "paid_fen", "change_fen"))
    of_rows = ", ".join(f"CAST(coalesce(sum({name}), 0) AS BIGINT) AS {name}" for name in
                        ("total_fen", "rounding_fen", "paid_fen", "change_fen"))
    yield from differences(
        f"{terminal} sales",
        journal.rows(f"SELECT count(*) AS n, {of_ops} FROM ops WHERE kind = 'sale'"),
        book.rows(f"SELECT count(*) AS n, {of_rows} FROM sales WHERE terminal = '{terminal}'"))
    member = "json_extract(value, '$.{}')"
    yield from differences(
        f"{terminal} lines",
        journal.rows(
            f"SELECT count(*) AS n, coalesce(sum({member.format('amount_fen')}), 0) AS fen, "
            f"coalesce(sum({member.format('quantity')}), 0) AS quantity "
            "FROM ops, json_each(body, '$.data.lines') WHERE ops.kind = 'sale'"),
        book.rows("SELECT count(*) AS n, CAST(coalesce(sum(amount_fen), 0) AS BIGINT) AS fen, "
                  "CAST(coalesce(sum(quantity), 0) AS BIGINT) AS quantity FROM sale_lines "
                  f"WHERE terminal = '{terminal}'"))
    numbers = journal.rows("SELECT number AS receipt FROM receipts")
    sold = book.rows(f"SELECT receipt FROM sales WHERE terminal = '{terminal}'")
    yield from differences(f"{terminal} receipts", numbers, sold)


def compare_tables(journal, book, terminal):
    """Every table that the server sends: rows with their versions."""
    tables = journal.tables() & book.tables() - OWN
    if len(tables) < 20:
        yield f"{terminal}: only {sorted(tables)} are on both sides"
    for table in sorted(tables - ({"stock"} if terminal.startswith("till") else set())):
        # A block has two versions, and each side keeps the one that it needs.
        columns = sorted(journal.columns(table) & book.columns(table)
                         - ({"ver"} if table == "blocks" else set()))
        question = ", ".join(f'"{name}"' for name in columns)
        if table == "blocks":
            question += " FROM blocks WHERE ver >= 0"
        else:
            question += f" FROM {table}"
        yield from differences(f"{terminal} {table}", journal.rows("SELECT " + question),
                               book.rows("SELECT " + question))
    for row in journal.rows("SELECT tbl, key FROM overlay"):
        yield f"{terminal}: still laid over the server's rows: {row}"


def compare(journal, book, terminal):
    return [wrong for part in (compare_logs, compare_sales, compare_tables)
            for wrong in part(journal, book, terminal)]
