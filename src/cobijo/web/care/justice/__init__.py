"""Justice: what the authorities do about the harm, step by step, and what they must never do to the child.

| file | what it holds |
|---|---|
| states | the steps of a proceeding, as a table, and what comes next in plain words |
| choices | the coded answers; an offender is a relation and a role, and never a name |
| models | Proceeding, Step, Delay, Measure, Reparation, Alert, AllegedChild, history |
| rules | what must be so before a step |
| services | start, take a step, correct it, put it off, measures, reparation |
| alerts | non-punishment: a child detained, charged or fined; and children alleged, who are kept apart |
| pattern | the only thing that may leave this room: state, ground, month |
| queries | the tab of a case, its summary |
| erasing | what goes with an erased child, and what goes earlier by its own time |
| clocks | what is due |
"""
