"""Letters of any shape, for property tests."""

from __future__ import annotations

from hypothesis import strategies as st

from correspondence.letters.text import (
    BulletList,
    Cell,
    Heading,
    LetterText,
    ListItem,
    Paragraph,
    Run,
    Table,
    cleaned,
)

WORDS = st.text(
    alphabet=st.one_of(
        st.sampled_from("ab “”’&<>{}%[] \n\t.-é£✓🏠שמل"), st.characters(codec="utf-8")
    ),
    min_size=1,
    max_size=20,
).map(cleaned)

RUNS = st.lists(
    st.builds(
        Run,
        text=WORDS,
        strong=st.booleans(),
        emphasis=st.booleans(),
        link=st.sampled_from(("", "", "https://www.example.org/a", "mailto:a@example.org")),
    ),
    min_size=1,
    max_size=3,
).map(tuple)

ITEMS = st.recursive(
    st.builds(ListItem, runs=RUNS),
    lambda inner: st.builds(
        ListItem,
        runs=RUNS,
        lists=st.lists(
            st.builds(
                BulletList,
                ordered=st.just(False),
                items=st.lists(inner, min_size=1, max_size=2).map(tuple),
            ),
            max_size=2,
        ).map(tuple),
    ),
    max_leaves=4,
)

LISTS = st.builds(
    lambda ordered, start, items: BulletList(
        ordered=ordered, start=start if ordered else 1, items=tuple(items)
    ),
    st.booleans(),
    st.integers(1, 50),
    st.lists(ITEMS, min_size=1, max_size=3),
)

CELLS = st.builds(
    Cell,
    runs=st.one_of(st.just(()), RUNS),
    heads=st.sampled_from(("", "column", "row")),
)

TABLES = st.integers(1, 3).flatmap(
    lambda width: st.builds(
        Table,
        rows=st.lists(
            st.lists(CELLS, min_size=width, max_size=width).map(tuple), min_size=1, max_size=3
        ).map(tuple),
    )
)

LETTERS = st.builds(
    LetterText,
    blocks=st.lists(
        st.one_of(
            st.builds(Heading, level=st.integers(1, 4), runs=RUNS),
            st.builds(Paragraph, runs=RUNS),
            LISTS,
            TABLES,
        ),
        max_size=6,
    ).map(tuple),
).map(LetterText.tidy)
"""Tidy letters with every kind of block, in every style."""
