"""Cases: from the day a desk takes a child on to the outcome a year after it is closed.

| file | what it holds |
|---|---|
| models | `case`: Case, Approval, Transfer, Escalation, history; `work`: what is done under a case |
| states | the state machine, as a table |
| rules | what must be so before a step |
| services | open, assess, answer the risk clock, approve, move on, close, reopen, assign |
| work | safety plans, plan items, tasks, follow-ups, outcomes, best-interest determinations, siblings |
| transfers | a case goes to another organisation with its child, or nothing of it does |
| clocks | what is due, and to whom an unmet risk clock goes: supervisor, then deputy |
| parts | what goes before the record, by a time of keeping of its own: every room of the wing says what |
| ending | the parts of this room, and concerns |
| retention | review and erasure, by the pack's periods |
| queries | lists, the head of a case, work by due day and risk, the supervisor's figures |

Sealed fields of every kind, and the ones on which two edits never resolve by themselves, stand in `sheets.py`.
"""
