"""What the application's role gets from `prepare_database`, with an owner who is no superuser."""

from __future__ import annotations

from pathlib import Path

from tests.web.house import house

WHO = """
from django.db import connections
def one(alias, question):
    with connections[alias].cursor() as cursor:
        cursor.execute(question)
        return cursor.fetchone()[0]
answer = {
    "runs": one("default", "SELECT bool_and(has_function_privilege(current_user, oid, 'EXECUTE'))"
                " FROM pg_proc WHERE prosecdef AND proname LIKE 'vault%'"),
    "anybody": one("default", "SELECT bool_or(has_function_privilege('pg_monitor', oid, 'EXECUTE'))"
                   " FROM pg_proc WHERE prosecdef AND proname LIKE 'vault%'"),
    "removes_events": one("default", "SELECT has_table_privilege('audit_event', 'DELETE')"),
    "owner": one("default", "SELECT tableowner = current_user FROM pg_tables WHERE tablename = 'audit_event'"),
    "superuser": one("default", "SELECT rolsuper FROM pg_roles WHERE rolname = "
                     "(SELECT tableowner FROM pg_tables WHERE tablename = 'audit_event')"),
    "reads_keys": one("keys", "SELECT has_table_privilege('keystore_subjectkey', 'SELECT, INSERT, UPDATE')"),
    "definer": one("default", "SELECT current_setting('app.definer', true) IS NOT DISTINCT FROM ''"
                   " FROM (SELECT vault_match('x', ARRAY[]::bytea[])) AS asked"),
}
"""


def test_the_application_gets_what_it_needs_and_no_more(tmp_path: Path, on_postgresql: None) -> None:
    with house(tmp_path / "site") as site:
        found = site.ask(WHO)
    assert found == {
        "runs": True,
        "anybody": False,
        "removes_events": False,
        "owner": False,
        "superuser": False,
        "reads_keys": True,
        "definer": True,
    }
