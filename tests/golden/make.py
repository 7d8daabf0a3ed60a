#!/usr/bin/env python3
"""Writes the golden databases that are not here yet (README.md). Needs git's history; no test runs it."""
import os
import re
import sqlite3
import subprocess

HERE = os.path.dirname(os.path.abspath(__file__))
RELEASED = {  # kind: source, application id, [(commit, version)]
    "kiosk": ("core/store/kiosk_schema.cpp", 0x51424B31,
              [("c46fd83", 1), ("1be8b52", 3), ("d88e6eb", 4), ("3044297", 5), ("8105555", 9)]),
    "registry": ("sync/registry/schema.h", 0x51427231,
                 [("c46fd83", 1), ("9c6086b", 3), ("1be8b52", 6), ("d88e6eb", 7), ("c4d6519", 8), ("3044297", 9), ("8105555", 11), ("312ad42", 14)]),
}
WORDS = {  # what a CHECK or a reference allows, by table and column, for rows 0, 1, 2
    ("records", "state"): ["accepted", "quarantined", "superseded"],
    ("records", "outcome"): ["accepted", "quarantined", "superseded"],
    ("devices", "state"): ["waiting", "enrolled", "revoked"],
    ("uploads", "state"): ["complete", "cancelled", "expired"],
    ("log_checkpoints", "word"): ["sound", "foreign", "fork"],
    ("paper_copies", "copy"): [1, 2, 1],
}
HALF = {
    ("records", "state"): ["accepted", "sent", "queued"],
    ("records", "outcome"): ["accepted", "received", "received"],
    ("records", "verdict"): ["signed", "", ""],
    ("records", "missing"): [0, 1, 2],
    ("records", "case_seq"): [1, None, None],
    ("uploads", "state"): ["open", "open", "complete"],
    ("uploads", "have"): [262144, 0, 3],
    ("outbox_docs", "sent"): [1, 0, 0],
    ("outbox_docs", "upload"): ["/v1/uploads/a", "/v1/uploads/b", ""],
    ("log_checkpoints", "word"): ["sound", "unchecked", "unchecked"],
}

def scripts(commit, path):
    text = subprocess.run(["git", "-C", HERE, "show", f"{commit}:{path}"], check=True, capture_output=True, text=True).stdout
    return re.findall(r'R"(?:sql)?\((.*?)\)(?:sql)?"', text, re.S)


def value(table, column, kind, n, flags, words):
    if (table, column) in words:
        return words[(table, column)][n]
    if (table, column) in WORDS:
        return WORDS[(table, column)][n]
    if column in flags:
        return n % 2
    if column in ("q", "n", "blob", "id") and kind == "INTEGER":
        return n + 1
    if kind == "INTEGER":
        return 1763888328000 + n
    if kind == "BLOB":
        return bytes([n + 1]) * (16 if column == "salt" else 32)
    return f"{n + 1:032x}" if column in ("id", "filing") else f"{column} «Ә» {n + 1}"


def fill(base, words):
    tables = base.execute("SELECT name, sql FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'search_words_%' AND name NOT LIKE 'sqlite_%'").fetchall()
    for table, sql in tables:
        columns = base.execute(f"SELECT name, type FROM pragma_table_info('{table}')").fetchall()
        flags = {c for c, _ in columns if re.search(rf"CHECK\({c} IN \(0, ?1\)\)", sql)}
        for n in range(3):
            row = [value(table, c, k, n, flags, words) for c, k in columns]
            base.execute(f"INSERT INTO {table}({', '.join(c for c, _ in columns)}) VALUES({', '.join('?' * len(row))})", row)


def literal(x):
    if x is None:
        return "NULL"
    if isinstance(x, bytes):
        return "x'" + x.hex() + "'"
    return str(x) if isinstance(x, int) else "'" + x.replace("'", "''") + "'"


def rows_as_sql(base):
    lines = []
    for (table,) in base.execute("SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'search_words_%' AND name NOT LIKE 'sqlite_%' ORDER BY rowid").fetchall():
        columns = [c for c, in base.execute(f"SELECT name FROM pragma_table_info('{table}')")]
        lines.append(f"DELETE FROM {table};")
        for row in base.execute(f"SELECT {', '.join(columns)} FROM {table}"):
            lines.append(f"INSERT INTO {table}({', '.join(columns)}) VALUES({', '.join(map(literal, row))});")
    return "\n".join(lines) + "\n"


for kind, (path, application, releases) in RELEASED.items():
    today = scripts("HEAD", path)
    for commit, version in releases:
        made = scripts(commit, path)
        assert len(made) == version and made == today[:version], f"{kind} {version}: a released script was edited"
        for state in ("empty", "full", "half"):
            name = os.path.join(HERE, f"{kind}-{version}-{state}.sql")
            if os.path.exists(name):
                continue
            base = sqlite3.connect(":memory:")
            for script in made:
                base.executescript(script)
            if state != "empty":
                fill(base, HALF if state == "half" else {})
            head = "".join(s.strip() + "\n" for s in made)
            with open(name, "w", encoding="utf-8") as out:
                out.write(head + (rows_as_sql(base) if state != "empty" else "") + f"PRAGMA application_id={application};\nPRAGMA user_version={version};\n")
