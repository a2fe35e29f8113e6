"""Children, what was noticed, what happened to them, and what was decided about it.

| file | what it holds |
|---|---|
| models | Child, Concern, Event, Concept (derived), StatusDecision, Question and Match, history |
| fields | the core fields, each declared once: purpose, reader, retention, identity or not, name in HTCDS |
| sheets | which fields of a kind are sealed, and what each of them can hold |
| writing | adding and changing rows that hold something sealed; used by every room of the care wing |
| rules | ages, days, areas, no addresses of material; the two doors that other rooms fill (agreements, grounds) |
| services | register and change children, events, status; legal hold |
| noticing | concerns: notice, assign, join to a child, set aside |
| deriving | concepts from elements, now and again for old events |
| elsewhere | the question to other organisations, whose answer never tells; matches for the data steward |
| moving | a child and everything under it goes to another desk or organisation as one |
| queries | children, concerns, events, search before create, the report of fields nobody fills |
| conflicts | both versions of an edit, sealed fields too; what must never resolve by itself |
| concepts, checklists | pure: derivation rules and the screening engine |

A child belongs to one organisation at a time: it lies in one scope, and all that is about it lies there too, sealed
with the child's one key. Destroying the key erases the child everywhere (see `cases/retention.py`).
"""
