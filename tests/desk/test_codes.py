"""One-time secrets."""

from vigie.desk import codes


def test_a_spoken_code_is_known_however_it_is_written():
    code = codes.spoken()
    assert [len(group) for group in code.split("-")] == [5] * 5
    for said in (code.lower(), f"  {code} ", code.replace("-", ""), code.replace("-", " ")):
        assert codes.digest(said) == codes.digest(code)


def test_a_link_s_secret_keeps_its_capitals():
    secret = codes.linked()
    assert codes.digest(secret) == codes.digest(f" {secret}\n")
    assert codes.digest("a" * 43) != codes.digest("A" * 43)


def test_no_two_are_alike_and_no_letter_is_taken_for_another():
    made = {codes.spoken() for _ in range(200)}
    assert len(made) == 200
    assert not set("IO01") & set("".join(made))
