"""What the database itself refuses: rules that code cannot forget."""

from __future__ import annotations

# Columns of a version that never change once it is ready.
_SEALED = (
    "snapshot",
    "data_sha256",
    "statement",
    "docx_sha256",
    "pdf_sha256",
    "template_sha256",
    "law_data_sha256",
    "software_version",
    "origin",
)
_APPEND_ONLY = ("trail_events", "reviews")
_NEVER_DELETED = ("acts", "versions", "archives", "archive_objects")


def guard_statements(dialect: str) -> list[str]:
    """The DDL of the guards for ``sqlite`` or ``postgresql``."""
    return _sqlite() if dialect == "sqlite" else _postgresql()


def _sqlite() -> list[str]:
    statements = [
        f"CREATE TRIGGER {table}_no_{verb.lower()} BEFORE {verb} ON {table} "
        f"BEGIN SELECT RAISE(ABORT, '{table} is append-only'); END"
        for table in _APPEND_ONLY
        for verb in ("UPDATE", "DELETE")
    ]
    statements += [
        f"CREATE TRIGGER {table}_no_delete BEFORE DELETE ON {table} "
        f"BEGIN SELECT RAISE(ABORT, 'rows of {table} are never deleted'); END"
        for table in _NEVER_DELETED
    ]
    changed = " OR ".join(f"NEW.{column} IS NOT OLD.{column}" for column in _SEALED)
    statements.append(
        "CREATE TRIGGER versions_sealed BEFORE UPDATE ON versions "
        f"WHEN OLD.status = 'ready' AND ({changed}) "
        "BEGIN SELECT RAISE(ABORT, 'a rendered version never changes'); END"
    )
    statements.append(
        "CREATE TRIGGER archive_objects_no_update BEFORE UPDATE ON archive_objects "
        "BEGIN SELECT RAISE(ABORT, 'archive_objects is append-only'); END"
    )
    return statements


def _postgresql() -> list[str]:
    changed = " OR ".join(f"NEW.{column} IS DISTINCT FROM OLD.{column}" for column in _SEALED)
    statements = [
        (
            "CREATE FUNCTION minutier_refuse() RETURNS trigger LANGUAGE plpgsql AS "
            "$$ BEGIN RAISE EXCEPTION '% on % is refused', TG_OP, TG_TABLE_NAME; END $$"
        ),
        (
            "CREATE FUNCTION minutier_sealed() RETURNS trigger LANGUAGE plpgsql AS "
            f"$$ BEGIN IF OLD.status = 'ready' AND ({changed}) THEN "
            "RAISE EXCEPTION 'a rendered version never changes'; END IF; RETURN NEW; END $$"
        ),
        (
            "CREATE TRIGGER versions_sealed BEFORE UPDATE ON versions "
            "FOR EACH ROW EXECUTE FUNCTION minutier_sealed()"
        ),
    ]
    refused = dict.fromkeys((*_APPEND_ONLY, "archive_objects"), "UPDATE OR DELETE")
    refused |= {table: "DELETE" for table in _NEVER_DELETED if table not in refused}
    for table, verbs in refused.items():
        statements += [
            (
                f"CREATE TRIGGER {table}_rows BEFORE {verbs} ON {table} "
                "FOR EACH ROW EXECUTE FUNCTION minutier_refuse()"
            ),
            (
                f"CREATE TRIGGER {table}_whole BEFORE TRUNCATE ON {table} "
                "FOR EACH STATEMENT EXECUTE FUNCTION minutier_refuse()"
            ),
        ]
    return statements
