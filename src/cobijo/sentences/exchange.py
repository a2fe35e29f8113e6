"""What is wrong with a file from another system, or with a form that is to be made."""

from __future__ import annotations

from cobijo.sentences.marks import N_

SENTENCES = {
    "exchange.too_large": N_("The file is larger than {megabytes} MB: send it in parts."),
    "exchange.not_json": N_("The file is not JSON in UTF-8: export it again, or send a workbook."),
    "exchange.no_records": N_(
        "The file holds no records: it needs a list of records, or a sheet with a heading and rows under it."
    ),
    "exchange.too_many": N_("The workbook has more than {most} rows: send it in parts, or as JSON."),
    "exchange.column_twice": N_("The columns “{one}” and “{other}” are the same field: keep one of them."),
    "exchange.code": N_("Row {row}: “{value}” is no code of {field}; write one of {known}."),
    "exchange.yes_no": N_("Row {row}: {field} has “{value}”; write true or false."),
    "exchange.number": N_("Row {row}: {field} is no whole number that can be; correct it or leave it empty."),
    "exchange.day": N_("Row {row}: {field} is no day that exists; write it as 2026-11-30."),
    "exchange.text_wrong": N_(
        "Row {row}: {field} is not written as it must be (“{value}”); correct it or leave it empty."
    ),
    "exchange.form_wrong": N_(
        "The form {form} cannot be made: its id needs small letters, digits and _, and its languages must be of "
        "{known}."
    ),
    "exchange.field_wrong": N_(
        "The field {field} cannot be asked in a form: give it a known kind, and a name of small letters, digits "
        "and _ that no other field has."
    ),
    "exchange.label_missing": N_("The field {field} has no label in each of {languages}: add it."),
    "exchange.relevant_wrong": N_(
        "The field {field} depends on {other}, which is not asked before it: change the order or the name."
    ),
    "exchange.choices_wrong": N_(
        "The field {field} needs choices with different codes without spaces, each with a label in every language."
    ),
}
