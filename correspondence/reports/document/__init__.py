"""Any report as a document: parts in, then a page, a tagged PDF, a Word file and a workbook.

`parts` says what a report is made of, `suppression` hides small numbers where asked to, `charts`
draws tables, and `page`, `pdf`, `word` and `workbook` each write the same parts.
"""
