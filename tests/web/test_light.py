"""A request is light: whatever page is asked for, the engine and its libraries stay unread."""

from __future__ import annotations

import json
import subprocess
import sys

import pytest
from tests.web import rooms
from tests.web.test_doors import DOORS, address

# What only jobs and commands may load: together they cost a second and 200 MB in each web process.
HEAVY = (
    "entourage.engine",
    "entourage.networks",
    "numba",
    "duckdb",
    "pyarrow",
    "altair",
    "scipy",
    "adbc_driver_postgresql",
)

VISIT = """
import json, sys
import django
django.setup()
from django.test import Client
from entourage.web.core.models import User
client = Client(SERVER_NAME="localhost")
client.force_login(User.objects.get(email="tea-only@example.org"))
paths, heavy = json.load(sys.stdin)
answers = [client.get(path).status_code for path in paths]
loaded = sorted(name for name in sys.modules if name.startswith(tuple(heavy)))
print(json.dumps([answers, loaded]))
"""


@pytest.mark.django_db(transaction=True)
def test_no_page_loads_the_engine(database_url):
    tea = rooms.furnished("tea")
    paths = ["/", "/account/", "/sign/login/", *(address(name, tea) for name in DOORS)]
    process = subprocess.run(
        [sys.executable, "-c", VISIT],
        input=json.dumps([paths, HEAVY]),
        capture_output=True,
        text=True,
        check=False,
    )
    assert process.returncode == 0, process.stderr[-2000:]
    answers, loaded = json.loads(process.stdout.splitlines()[-1])
    assert {200, 302, 405}.issuperset(answers)
    assert loaded == []
