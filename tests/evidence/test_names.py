from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workflows.evidence.names import MAX_BYTES, clean_name, ending_of
from workflows.evidence.ports import FileRefusedError


@pytest.mark.parametrize(
    ("given_name", "kept"),
    [
        ("整改报告（2022年上半年）.pdf", "整改报告（2022年上半年）.pdf"),
        ("a b, c；d-e_f.docx", "a b, c；d-e_f.docx"),
        ("C:\\Users\\me\\报告.pdf", "报告.pdf"),
        ("../../etc/报告.pdf", "报告.pdf"),
        ("..\\..\\报告.pdf", "报告.pdf"),
        ("报\x00告\r\n.pdf", "报告.pdf"),
        ("报告\u202efdp.exe", "报告fdp.exe"),
        ("\u2066报告\u2069\u200b.pdf", "报告.pdf"),
        ("\ufeff报告.pdf", "报告.pdf"),
        ("报告\ud800.pdf", "报告.pdf"),
        ("  报告.pdf . ", "报告.pdf"),
        (".htaccess.txt", "htaccess.txt"),
        ("...报告.txt", "报告.txt"),
        ('a<b>c:d"e|f?g*h.txt', "a_b_c_d_e_f_g_h.txt"),
        ("con.txt", "_con.txt"),
        ("LPT1.pdf", "_LPT1.pdf"),
        ("contract.txt", "contract.txt"),
        ("cafe\u0301.txt", "caf\u00e9.txt"),
        ("\u9fa5\U00020000\ue000.txt", "\u9fa5\U00020000\ue000.txt"),
        ("无后缀", "无后缀"),
        (".pdf", "pdf"),
    ],
)
def test_a_name_is_kept_but_for_what_misleads_or_harms(given_name: str, kept: str) -> None:
    assert clean_name(given_name) == kept


@pytest.mark.parametrize("name", ["", " ", ".", "..", "/", "dir/", "\x00", "\u202e", "...", "???.pdf"])
def test_a_name_of_which_nothing_remains_is_refused(name: str) -> None:
    with pytest.raises(FileRefusedError, match="file_name_invalid"):
        clean_name(name)


def test_a_long_name_is_cut_before_its_ending_and_never_inside_a_character() -> None:
    name = clean_name("整" * 200 + ".pdf")
    assert name.endswith("整.pdf")
    assert MAX_BYTES - 3 < len(name.encode()) <= MAX_BYTES


def test_a_long_name_with_a_long_last_part_is_cut_at_its_end() -> None:
    assert len(clean_name("a." + "b" * 400).encode()) == MAX_BYTES


@pytest.mark.parametrize(
    ("name", "ending"), [("a.PDF", "pdf"), ("a.tar.gz", "gz"), ("a", ""), (".pdf", ""), ("a.", "")]
)
def test_the_ending_is_what_follows_the_last_dot(name: str, ending: str) -> None:
    assert ending_of(name) == ending


@given(st.text(max_size=400))
def test_whatever_is_given_a_cleaned_name_is_harmless_and_cleaning_it_again_changes_nothing(
    name: str,
) -> None:
    try:
        cleaned = clean_name(name)
    except FileRefusedError:
        return
    assert not {unicodedata.category(sign) for sign in cleaned} & {"Cc", "Cf", "Cs", "Zl", "Zp"}
    assert not set(cleaned) & set('/\\<>:"|?*\0\u202e')
    assert 0 < len(cleaned.encode()) <= MAX_BYTES + 1
    assert clean_name(cleaned) == cleaned
