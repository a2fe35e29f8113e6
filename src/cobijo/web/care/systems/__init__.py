"""Records to and from other systems: forms for telephones (XLSForm), case records in HTCDS.

| file | what it holds |
|---|---|
| models | Exchange (one file that left or came: counts only), Received (which record of others is which case here) |
| phone_forms | the core fields as questions of an XLSForm |
| mapping | a case of the database as flat records, and back |
| rules | who may receive a file, and what an agreement lets into it |
| sending, receiving | the export and the import; long work in `jobs` |
| queries | the files so far |

What a record looks like in the standard is in `care/exchange`, which is pure.
"""
