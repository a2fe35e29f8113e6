"""Sentences of reading a list: what is wrong with a file, a row or a value, and how to mend it.

A problem that is told row by row has a second sentence, `<code>.mend`.
"""

from cobijo.sentences.marks import N_

SENTENCES = {
    "lists.survey": N_("Looking through the list"),
    "lists.read": N_("Reading the list"),
    # The whole file, or its mapping, cannot be used.
    "lists.no_such_file": N_("There is no file {file}; check the name and the folder."),
    "lists.unreadable": N_(
        "{file} cannot be opened; check that you may read it and that no other program holds it."
    ),
    "lists.empty": N_("{file} is empty; export the list again."),
    "lists.no_rows": N_("{file} has headers and no rows; export the list again with its records."),
    "lists.not_a_list": N_(
        "{file} is not a list that can be read; save it as CSV, XLSX, Parquet or JSON Lines."
    ),
    "lists.other_kind": N_("{file} is a file of the kind {kind}; save the list as CSV or XLSX."),
    "lists.not_a_workbook": N_(
        "{file} is a zip file without a workbook inside; save the list as CSV or XLSX and do not "
        "compress it with zip."
    ),
    "lists.password": N_(
        "{file} is protected with a password; save a copy without one and keep that copy safe."
    ),
    "lists.corrupt": N_("{file} is damaged or cut off (as {kind}); export or copy it again."),
    "lists.bomb": N_(
        "{file} would unpack to far more than a list can be; export only the columns and rows of the list."
    ),
    "lists.too_many_rows": N_("{file} has more than {limit} rows; split it into several files."),
    "lists.too_many_columns": N_(
        "{file} has {found} columns and at most {limit} are read; export only the columns of the list."
    ),
    "lists.too_many_merges": N_(
        "{file} has more than {limit} merged ranges; unmerge the cells and save it again."
    ),
    "lists.line_too_long": N_(
        "{file} has a line of more than {limit} characters; export it again with one record on each line."
    ),
    "lists.no_known_header": N_(
        "None of the first rows of {file} names a known field ({headers}); give it a header row or a "
        "mapping file."
    ),
    "lists.header_row_absent": N_(
        "{file} has no row {row} to take the headers from; correct header_row in the mapping file."
    ),
    "lists.sheet_absent": N_("{file} has no sheet called {sheet}; correct sheet in the mapping file."),
    "lists.json_not_lines": N_("{file} is one JSON array; write it as JSON Lines, one object on each line."),
    "lists.nobody": N_(
        "No column of {file} says who somebody is (names, birth date, address or official id; it has "
        "{headers}); name the columns in a mapping file."
    ),
    "lists.mapping_unreadable": N_(
        "The mapping file {file} cannot be opened; check the name and the folder."
    ),
    "lists.mapping_not_toml": N_("The mapping file {file} is not TOML: {detail}."),
    "lists.mapping_wrong": N_(
        "In the mapping, {key} = {value} is not understood; see the list of fields in "
        "docs/reference/lists.md."
    ),
    # A row cannot be used.
    "lists.row_too_long": N_("Row {row} has {found} values and the header names {wanted}."),
    "lists.row_too_long.mend": N_(
        "Put values that contain the delimiter between quotation marks, or take the surplus ones out."
    ),
    "lists.row_too_short": N_(
        "Row {row} has {found} values and the header names {wanted}; the row is cut off or a "
        "delimiter is missing."
    ),
    "lists.row_too_short.mend": N_("Complete the row; leave unknown values empty between their delimiters."),
    "lists.row_quotes": N_("The quotation marks of row {row} do not close."),
    "lists.row_quotes.mend": N_("Close the quotation mark; write a quotation mark inside a value twice."),
    "lists.row_not_json": N_("Line {row} is not a JSON object."),
    "lists.row_not_json.mend": N_("Write one complete object on the line, from {{ to }}."),
    "lists.row_unlinkable": N_("Row {row} says too little to tell who it is about."),
    "lists.row_unlinkable.mend": N_(
        "Add an official id, or two of: given name, surname, birth date, address."
    ),
    "lists.header_again": N_("Row {row} repeats the headers."),
    "lists.header_again.mend": N_("Delete the row."),
    # A value, or a column, was not used.
    "lists.too_long": N_(
        "Row {row}, {column}: the value is longer than {limit} characters and was not read."
    ),
    "lists.too_long.mend": N_("Keep only the value that belongs in this column."),
    "lists.date_impossible": N_("Row {row}, {column}: there is no day {value} in the calendar."),
    "lists.date_impossible.mend": N_("Correct the date; write year-month-day, such as 2012-04-25."),
    "lists.date_unreadable": N_("Row {row}, {column}: “{value}” is not a date that can be read."),
    "lists.date_unreadable.mend": N_(
        "Write year-month-day, such as 2012-04-25; only the year if no more is known."
    ),
    "lists.date_ambiguous": N_("Row {row}, {column}: {value} can be read day first or month first."),
    "lists.date_ambiguous.mend": N_(
        "Write year-month-day, or say the order of this column under [dates] in the mapping file."
    ),
    "lists.date_order_mixed": N_(
        "Column {column} mixes two orders: {day_first} dates have the day first and {month_first} "
        "the month first; {either} that can be read both ways were not read."
    ),
    "lists.date_order_mixed.mend": N_("Write all dates of the column in one order, best year-month-day."),
    "lists.date_future": N_("Row {row}, {column}: {value} is in the future."),
    "lists.date_future.mend": N_("Correct the year."),
    "lists.date_too_old": N_("Row {row}, {column}: {value} is before 1900."),
    "lists.date_too_old.mend": N_("Correct the year."),
    "lists.birth_after_capture": N_(
        "Row {row}, {column}: the birth date {value} is later than the date of capture; it is not used."
    ),
    "lists.birth_after_capture.mend": N_("Correct whichever of the two dates is wrong."),
    "lists.age_unreadable": N_("Row {row}, {column}: “{value}” is not an age in years."),
    "lists.age_unreadable.mend": N_("Write whole years, such as 14."),
    "lists.sex_unknown": N_(
        "Row {row}, {column}: “{value}” is not a sex that is known or can be told apart."
    ),
    "lists.sex_unknown.mend": N_(
        "Write mujer or hombre (female or male), or add the word under [values.sex] in the mapping file."
    ),
    "lists.curp_shape": N_("Row {row}, {column}: {value} does not have the form of a CURP."),
    "lists.curp_shape.mend": N_("Copy the 18 characters again from the document."),
    "lists.curp_date": N_("Row {row}, {column}: the birth date inside {value} does not exist."),
    "lists.curp_date.mend": N_("Copy the 18 characters again from the document."),
    "lists.curp_state": N_("Row {row}, {column}: the state inside {value} does not exist."),
    "lists.curp_state.mend": N_("Copy the 18 characters again from the document."),
    "lists.curp_digit": N_(
        "Row {row}, {column}: the check digit of {value} is wrong, so one of its characters is."
    ),
    "lists.curp_digit.mend": N_("Copy the 18 characters again from the document."),
    "lists.two_columns": N_(
        "Columns {taken} and {column} both look like the field {target}; only {taken} was read."
    ),
    "lists.two_columns.mend": N_("Say in the mapping file which column fills {target}."),
    "lists.mapping_column_absent": N_(
        "The mapping fills {target} from column {column}, which the list does not have."
    ),
    "lists.mapping_column_absent.mend": N_("Write the header in the mapping file as it stands in the list."),
    # Everything was used; this is how.
    "lists.curp_birth_date": N_("Row {row}, {column}: {value} contains another birth date than the row."),
    "lists.curp_birth_date.mend": N_("Compare both with the document."),
    "lists.curp_sex": N_("Row {row}, {column}: {value} contains another sex than the row."),
    "lists.curp_sex.mend": N_("Compare both with the document."),
    "lists.curp_names": N_(
        "Row {row}, {column}: the letters of {value} do not come from the names in the row."
    ),
    "lists.curp_names.mend": N_("Compare both with the document; it may be somebody else's CURP."),
    "lists.age_contradicts": N_(
        "Row {row}, {column}: the age {value} is more than a year off the birth date and the date of capture."
    ),
    "lists.age_contradicts.mend": N_("Check the age and both dates."),
    "lists.status_unknown": N_("Row {row}, {column}: “{value}” is not a known status."),
    "lists.status_unknown.mend": N_(
        "Add the word under [values.status] in the mapping file as at_risk, presumed, identified or not."
    ),
    "lists.form_unknown": N_(
        "Row {row}, {column}: “{value}” is not a form of exploitation of the country pack."
    ),
    "lists.form_unknown.mend": N_("Add the word under [values.form] in the mapping file."),
    "lists.area_unknown": N_(
        "Row {row}, {column}: “{value}” is not an area of the country pack; its text was kept."
    ),
    "lists.area_unknown.mend": N_(
        "Write the area's name or code, or add the word under [values.area] in the mapping file."
    ),
    "lists.area_numbers": N_(
        "Column {column} has numbers; they were read as the codes of the statistics office."
    ),
    "lists.area_numbers.mend": N_(
        "Check that the areas are not numbered by the alphabet; write names if they are."
    ),
    "lists.element_unknown": N_("Row {row}, {column}: “{value}” was not understood as yes or no."),
    "lists.element_unknown.mend": N_("Write yes or no; leave the cell empty where nothing is known."),
    "lists.date_order_assumed": N_(
        "Column {column}: {count} dates can be read two ways and nothing in the column decides; they "
        "were read day first."
    ),
    "lists.date_order_assumed.mend": N_(
        "Say the order under [dates] in the mapping file, or write year-month-day."
    ),
    "lists.date_order_month_first": N_(
        "Column {column} was read month first, as {count} of its dates can only be read so."
    ),
    "lists.date_order_month_first.mend": N_("Check one date that you know."),
    "lists.date_serial": N_("Column {column}: {count} numbers were read as Excel's day numbers."),
    "lists.date_serial.mend": N_("Format the column as a date before exporting."),
    "lists.date_two_digits": N_(
        "Column {column}: {count} years have two digits and were read as the latest year that is not "
        "in the future."
    ),
    "lists.date_two_digits.mend": N_("Write years with four digits."),
    "lists.date_vague": N_(
        "Column {column}: {count} dates say only the month or the year and stand for its first day."
    ),
    "lists.date_vague.mend": N_("Add the day where it is known."),
    "lists.formula": N_(
        "Row {row}, {column}: “{value}” looks like a spreadsheet formula; it was read as text and never run."
    ),
    "lists.formula.mend": N_("Replace the formula by its value."),
    "lists.formula_empty": N_("Row {row} has a formula without a stored result; its cell was read as empty."),
    "lists.formula_empty.mend": N_("Open the workbook, let it calculate and save it again."),
    "lists.control_characters": N_(
        "Row {row}, {column}: the value has invisible characters; they were left out."
    ),
    "lists.control_characters.mend": N_("Type the value again."),
    "lists.cell_outside": N_("Row {row} has something to the right of the last header: “{value}”."),
    "lists.cell_outside.mend": N_("Give the column a header or delete the cell."),
    "lists.merged_cells": N_(
        "Rows {row} to {last} share one merged cell; its value “{value}” was read for each of them."
    ),
    "lists.merged_cells.mend": N_("Unmerge the cells and write the value in each row."),
    "lists.encoding_guessed": N_(
        "The file does not say how its letters are coded; it was read as {encoding}."
    ),
    "lists.encoding_guessed.mend": N_(
        "Check a name with an accent or ñ; save as CSV UTF-8 if it looks wrong."
    ),
    "lists.encoding_mixed": N_(
        "Row {row} is coded otherwise than the rest of the file; it was read as Windows-1252."
    ),
    "lists.encoding_mixed.mend": N_("Check its accents; save the file as CSV UTF-8."),
    "lists.header_not_first": N_(
        "The headers were found in row {row}; the {skipped} rows above were left out."
    ),
    "lists.header_not_first.mend": N_(
        "Delete what stands above the headers, or set header_row in the mapping file."
    ),
    "lists.header_two_lines": N_(
        "The headers stand in two rows that end in row {row}; they were read together."
    ),
    "lists.header_two_lines.mend": N_("Check the columns below; one header row is safer."),
    "lists.header_twice": N_(
        "The header {column} stands more than once; the second is called {renamed} here."
    ),
    "lists.header_twice.mend": N_("Give each column its own header."),
    "lists.other_sheets": N_("Only the sheet {sheet} was read; there are others: {others}."),
    "lists.other_sheets.mend": N_(
        "Name the sheet in the mapping file, or save the others as lists of their own."
    ),
    "lists.columns_unused": N_("{count} columns are not needed and were not read: {value}."),
    "lists.columns_unused.mend": N_(
        "Nothing, unless one of them should fill a field: then name it in a mapping file."
    ),
    "lists.field_absent": N_("The list does not say {target}; the picture may need it."),
    "lists.field_absent.mend": N_(
        "Add the column, or set it for all rows under [constants] in a mapping file."
    ),
    "lists.field_often_empty": N_("Column {column}: {count} rows do not say {target}; the picture needs it."),
    "lists.field_often_empty.mend": N_("Fill the cells where it is known."),
}
