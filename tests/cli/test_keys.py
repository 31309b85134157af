"""`vigie keys`: list, rotate, lost, on a home as it stands on the disc."""


def test_keys_are_listed_rotated_and_replaced_and_the_record_holds(vigie, made):
    told = vigie("keys", "list", "--home", made, "--json").json
    assert [k["key"] for k in told["keys"]] == ["signing", "sealing", "web"]
    assert told["warnings"] == []
    for key in ("signing", "sealing", "web"):
        before = (made / "keys" / f"{key}.key").read_text()
        done = vigie("keys", "rotate", key, "--home", made)
        assert done.code == 0, done.err
        assert (made / "keys" / f"{key}.key").read_text() != before
    assert vigie("record", "verify", "--home", made).code == 0
    (made / "keys" / "signing.key").unlink()
    alone = vigie(
        "keys", "lost", "signing", "--person", "duty", "--reason", "The disc broke.", "--home", made
    )
    assert alone.code == 2
    two = ("--person", "duty", "--person", "second", "--reason", "The disc of the keys broke.")
    done = vigie("keys", "lost", "signing", *two, "--home", made)
    assert done.code == 0, done.err
    assert vigie("record", "head", "--home", made, "--json").json["vkey"] in done.out
    checked = vigie("record", "verify", "--home", made)
    assert checked.code == 0
    assert "was lost" in checked.out


def test_an_unknown_key_or_person_is_named(vigie, made):
    assert vigie("keys", "rotate", "golden", "--home", made).code == 2
    given = ("--person", "duty", "--person", "nobody", "--reason", "The disc broke yesterday.")
    done = vigie("keys", "lost", "web", *given, "--home", made)
    assert (done.code, "nobody" in done.err) == (4, True)
